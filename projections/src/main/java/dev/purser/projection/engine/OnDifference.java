package dev.purser.projection.engine;

import java.util.Locale;

/** What a rebuild does when its rows differ from the live ones. */
public enum OnDifference {
    /** The second tables stay for inspection until somebody switches or discards them. */
    KEEP,
    /** The new rows are taken: for a read model whose code or shape has changed. */
    SWITCH;

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
