package dev.purser.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * The keys of one mode.
 *
 * @param secretKey {@code sk_test_…} or {@code sk_live_…}
 * @param publishableKey {@code pk_test_…} or {@code pk_live_…}
 * @param webhookSecret signs this mode's events; null: they are recorded and not delivered
 */
public record ModeKeys(
        String secretKey, String publishableKey, @Nullable String webhookSecret) {
    public ModeKeys {
        if (!secretKey.matches("[rs]k_(test|live)_\\w{4,200}")) {
            throw new IllegalArgumentException("secretKey: must begin with sk_test_ or sk_live_");
        }
        if (!publishableKey.matches("pk_(test|live)_\\w{4,200}")) {
            throw new IllegalArgumentException("publishableKey: must begin with pk_test_ or pk_live_");
        }
        if (isLive(secretKey) != isLive(publishableKey)) {
            throw new IllegalArgumentException("secretKey and publishableKey: must be of the same mode");
        }
    }

    private static boolean isLive(String key) {
        return key.startsWith("k_live_", 1);
    }

    boolean isLive() {
        return isLive(secretKey);
    }

    @Override
    public String toString() {
        return "ModeKeys[" + publishableKey + "]";
    }
}
