package dev.purser.projection.engine;

import java.util.Locale;

/** How far a rebuild is, or how it ended. */
public enum RebuildPhase {
    FILLING,
    ALIGNING,
    COMPARING,
    SWITCHING,
    /** The rebuilt tables are the live ones now. */
    SWITCHED,
    /** The rows differ; the second tables are kept. */
    DIFFERS,
    DISCARDED,
    FAILED,
    /** Its process is gone. */
    INTERRUPTED;

    /** As people read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
