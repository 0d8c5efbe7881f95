package dev.purser.payments.stripe;

import dev.purser.domain.Mode;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How Stripe is reached, or the sandbox in its place.
 *
 * @param apiBase without a path: {@code https://api.stripe.com}
 * @param liveKey a secret or restricted key; null: no payments in this mode
 * @param readTimeout of one try
 * @param retries further tries of a request that may be repeated, which is every one of ours
 */
public record StripeSettings(
        URI apiBase,
        @Nullable String liveKey,
        @Nullable String testKey,
        Duration connectTimeout,
        Duration readTimeout,
        int retries) {

    @Nullable
    String key(Mode mode) {
        return switch (mode) {
            case LIVE -> liveKey;
            case TEST -> testKey;
        };
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "Stripe at " + apiBase;
    }
}
