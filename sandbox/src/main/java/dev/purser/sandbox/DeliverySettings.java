package dev.purser.sandbox;

import java.time.Duration;
import java.util.List;

/**
 * How events are delivered.
 *
 * @param retryDelays the wait before the second attempt, the third and so on; the last one is repeated
 * @param giveUpAfter the time after which a delivery is not tried again, as Stripe does after three days
 * @param timeout of one attempt
 * @param parallelism attempts at the same time, from 1 to 100
 */
public record DeliverySettings(List<Duration> retryDelays, Duration giveUpAfter, Duration timeout, int parallelism) {
    public static final DeliverySettings DEFAULTS = new DeliverySettings(
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1)),
            Duration.ofDays(3),
            Duration.ofSeconds(20),
            4);

    public DeliverySettings {
        retryDelays = List.copyOf(retryDelays);
        if (retryDelays.isEmpty() || retryDelays.stream().anyMatch(delay -> delay.isNegative())) {
            throw new IllegalArgumentException("retryDelays: at least one, none of them negative");
        }
        if (parallelism < 1 || parallelism > 100) {
            throw new IllegalArgumentException("parallelism: 1 to 100, not " + parallelism);
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout: must be positive");
        }
    }

    /** The wait after an attempt that failed, the first one being 1. */
    public Duration delayAfter(int attempt) {
        return retryDelays.get(Math.min(attempt, retryDelays.size()) - 1);
    }
}
