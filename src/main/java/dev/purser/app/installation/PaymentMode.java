package dev.purser.app.installation;

import dev.purser.app.storage.StartRefused;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
            throw new StartRefused("PURSER_PAYMENTS=stripe needs STRIPE_SECRET_KEY.");
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

    /** The word on the wire and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isPlayMoney() {
        return this == SANDBOX;
    }
}
