package dev.purser.app.installation;

import dev.purser.app.database.ExternalDatabaseProperties;
import dev.purser.app.storage.StartRefused;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Where top-ups come from. */
public enum PaymentMode {
    /** The built-in Stripe sandbox: play money, which never buys real inference. */
    SANDBOX,
    /** Wallets are credited by the backend only. */
    NONE,
    /** A Stripe account. */
    STRIPE;

    /**
     * What the operator said, else what is plain: a Stripe key means Stripe, an embedded database without one means the
     * sandbox. A database of the operator's own is taken seriously, so there it must be said.
     */
    public static PaymentMode decide(@Nullable PaymentMode said, boolean embeddedDatabase, boolean stripeKeyGiven) {
        if (said == STRIPE && !stripeKeyGiven) {
            throw new StartRefused("PURSER_PAYMENTS=stripe needs STRIPE_SECRET_KEY or STRIPE_SECRET_KEY_TEST.");
        }
        if (said == SANDBOX && stripeKeyGiven) {
            throw new StartRefused("PURSER_PAYMENTS=sandbox and STRIPE_SECRET_KEY contradict each other: unset one.");
        }
        if (said != null) {
            return said;
        }
        if (stripeKeyGiven) {
            return STRIPE;
        }
        if (embeddedDatabase) {
            return SANDBOX;
        }
        throw new StartRefused("Say where payments come from: PURSER_PAYMENTS=stripe (with STRIPE_SECRET_KEY), none "
                + "(wallets are credited by your backend only) or sandbox (play money).");
    }

    /** Whether what is configured leads to the sandbox; decides nothing and refuses nothing. */
    public static boolean isSandbox(Environment environment) {
        String said = environment.getProperty("purser.payments");
        if (StringUtils.hasText(said)) {
            return SANDBOX.word().equalsIgnoreCase(said.strip());
        }
        boolean embeddedDatabase = Binder.get(environment)
                .bindOrCreate("spring.datasource", ExternalDatabaseProperties.class)
                .isAbsent();
        return embeddedDatabase && !isStripeKeyGiven(environment);
    }

    /** A key of either mode means Stripe. */
    public static boolean isStripeKeyGiven(Environment environment) {
        return StringUtils.hasText(environment.getProperty("stripe.secret.key"))
                || StringUtils.hasText(environment.getProperty("stripe.secret.key-test"));
    }

    /** The word on the wire and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isPlayMoney() {
        return this == SANDBOX;
    }
}
