package dev.purser.sandbox.store;

import java.util.Locale;

/** Stripe's two worlds, which share nothing. */
public enum Mode {
    TEST,
    LIVE;

    public boolean isLive() {
        return this == LIVE;
    }

    public Mode other() {
        return this == LIVE ? TEST : LIVE;
    }

    /** {@code test} or {@code live}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
