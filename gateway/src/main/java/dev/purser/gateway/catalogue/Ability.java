package dev.purser.gateway.catalogue;

import java.util.Locale;

/** What a model can do beyond plain text. */
public enum Ability {
    TOOLS,
    VISION,
    JSON,
    REASONING;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
