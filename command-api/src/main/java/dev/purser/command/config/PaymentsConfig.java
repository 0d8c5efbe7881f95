package dev.purser.command.config;

import dev.purser.domain.Mode;
import org.jspecify.annotations.Nullable;

/**
 * How this installation takes payments.
 *
 * @param publishableKeyLive Stripe's key for browsers, null where none is configured
 */
public record PaymentsConfig(
        PaymentMode mode,
        @Nullable String publishableKeyLive,
        @Nullable String publishableKeyTest) {

    /** Real Stripe, the built-in play-money sandbox, or no payments at all. */
    public enum PaymentMode {
        STRIPE("stripe"),
        SANDBOX("sandbox"),
        NONE("none");

        private final String wireName;

        PaymentMode(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    public @Nullable String publishableKey(Mode mode) {
        return switch (mode) {
            case LIVE -> publishableKeyLive;
            case TEST -> publishableKeyTest;
        };
    }
}
