package dev.purser.projection.engine;

import java.time.Instant;

/** An event that a projection could not take, or that waits behind such an event of its stream. */
public record DeadLetter(String projection, long position, String stream, String error, Instant parkedAt) {}
