package dev.purser.app.installation;

import dev.purser.app.storage.StartRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.StringUtils;

/**
 * How Stripe and this installation know each other: STRIPE_SECRET_KEY, STRIPE_SECRET_KEY_TEST, STRIPE_WEBHOOK_SECRET,
 * STRIPE_WEBHOOK_SECRET_TEST. An empty one counts as none.
 */
@ConfigurationProperties("stripe")
public record StripeKeys(
        @DefaultValue Secret secret, @DefaultValue Webhook webhook) {
    private static final String LIVE = "_live_";
    private static final String TEST = "_test_";

    /** The API's. */
    public record Secret(
            @Name("key") @Nullable String live,
            @Name("key-test") @Nullable String test) {
        public Secret {
            live = StringUtils.hasText(live) ? live : null;
            test = StringUtils.hasText(test) ? test : null;
        }

        /** Without the keys. */
        @Override
        public String toString() {
            return "Stripe's keys";
        }
    }

    /** Those that events are signed with. */
    public record Webhook(
            @Name("secret") @Nullable String live,
            @Name("secret-test") @Nullable String test) {
        public Webhook {
            live = StringUtils.hasText(live) ? live : null;
            test = StringUtils.hasText(test) ? test : null;
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "Stripe's webhook secrets";
        }
    }

    /** Live and test money must never be mistaken for each other. */
    public void refuseUnlessApart() {
        if (secret.live() != null && secret.live().equals(secret.test())) {
            throw new StartRefused("STRIPE_SECRET_KEY and STRIPE_SECRET_KEY_TEST are the same.");
        }
        if (webhook.live() != null && webhook.live().equals(webhook.test())) {
            throw new StartRefused("STRIPE_WEBHOOK_SECRET and STRIPE_WEBHOOK_SECRET_TEST are the same: which of them"
                    + " signed an event tells live from test money. Each mode's endpoint at Stripe has its own.");
        }
        if (secret.live() != null && secret.live().contains(TEST)) {
            throw new StartRefused("STRIPE_SECRET_KEY is a test key: it belongs into STRIPE_SECRET_KEY_TEST.");
        }
        if (secret.test() != null && secret.test().contains(LIVE)) {
            throw new StartRefused("STRIPE_SECRET_KEY_TEST is a live key: it belongs into STRIPE_SECRET_KEY.");
        }
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "Stripe's keys";
    }
}
