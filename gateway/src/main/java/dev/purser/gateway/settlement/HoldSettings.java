package dev.purser.gateway.settlement;

import java.time.Duration;

/**
 * How holds are kept.
 *
 * @param lifetime after which a hold that nobody renews expires
 * @param renewEvery how often a running call renews its hold
 * @param maxOpenCalls calls under way at once on this node; more are answered 503
 * @param grace how long calls may go on when the server stops, before they are cut and settled
 */
public record HoldSettings(Duration lifetime, Duration renewEvery, int maxOpenCalls, Duration grace) {
    public static final HoldSettings DEFAULTS =
            new HoldSettings(Duration.ofMinutes(10), Duration.ofSeconds(30), 10_000, Duration.ofSeconds(20));

    public HoldSettings {
        if (renewEvery.multipliedBy(2).compareTo(lifetime) > 0) {
            throw new IllegalArgumentException("a hold must be renewed at least twice in its lifetime " + lifetime);
        }
    }
}
