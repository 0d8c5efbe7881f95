package dev.purser.sandbox.api;

import dev.purser.sandbox.store.Mode;

/**
 * Who calls.
 *
 * @param secret false for a publishable key, as browsers have it
 */
public record Caller(Mode mode, boolean secret) {}
