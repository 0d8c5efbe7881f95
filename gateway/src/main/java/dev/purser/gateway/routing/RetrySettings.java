package dev.purser.gateway.routing;

import java.time.Duration;

/**
 * How a provider that fails is asked again, and when it is left alone. All of it before the first byte of an answer.
 *
 * @param retries how often one provider is asked again in one call
 * @param pause before the first retry, doubled for each further one, and varied by half of it either way
 * @param maxRetryAfter a provider that asks for a longer wait is not waited for
 * @param breakerCalls of the latest so many calls of a model at a provider
 * @param breakerFailurePercent so many have failed: then it is not asked
 * @param breakerPause for so long; after it, a few calls find out whether it answers again
 */
public record RetrySettings(
        int retries,
        Duration pause,
        Duration maxRetryAfter,
        int breakerCalls,
        int breakerFailurePercent,
        Duration breakerPause) {
    public static final RetrySettings DEFAULTS =
            new RetrySettings(2, Duration.ofMillis(150), Duration.ofSeconds(2), 20, 50, Duration.ofSeconds(15));

    public RetrySettings {
        requireRange("retries", retries, 0, 5);
        requireRange("breakerCalls", breakerCalls, 2, 10_000);
        requireRange("breakerFailurePercent", breakerFailurePercent, 1, 100);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be between " + min + " and " + max + ", is " + value);
        }
    }
}
