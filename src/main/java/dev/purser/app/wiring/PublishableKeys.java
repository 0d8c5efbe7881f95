package dev.purser.app.wiring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.StringUtils;

/**
 * Stripe's keys for browsers. An empty one counts as none.
 *
 * @param live STRIPE_PUBLISHABLE_KEY
 * @param test STRIPE_PUBLISHABLE_KEY_TEST
 */
@ConfigurationProperties("stripe.publishable")
record PublishableKeys(
        @Name("key") @Nullable String live,
        @Name("key-test") @Nullable String test) {
    PublishableKeys {
        live = StringUtils.hasText(live) ? live : null;
        test = StringUtils.hasText(test) ? test : null;
    }
}
