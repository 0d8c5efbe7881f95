package dev.purser.projection.engine;

/** A rebuild that cannot begin, or be ended like this, now. Nothing was changed. */
public final class RebuildRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        UNDER_WAY("A rebuild is under way already; there can be one at a time"),
        NOTHING_KEPT("There are no rebuilt tables to switch to or to discard");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    public RebuildRefused(Reason reason) {
        super(reason.text, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
