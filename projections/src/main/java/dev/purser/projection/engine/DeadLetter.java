package dev.purser.projection.engine;

import java.time.Instant;

/**
 * An event that a projection could not take, or that waits behind such an event of its sequence key.
 *
 * @param attempts how often it was tried; waiting is no attempt
 */
public record DeadLetter(
        String projection,
        long position,
        String stream,
        String sequenceKey,
        String error,
        int attempts,
        Instant parkedAt,
        Instant triedAt) {}
