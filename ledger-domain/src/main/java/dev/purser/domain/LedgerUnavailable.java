package dev.purser.domain;

/** The ledger could not take or finish a command. */
public final class LedgerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeKnown;

    public LedgerUnavailable(String message, boolean outcomeKnown, Throwable cause) {
        super(message, cause);
        this.outcomeKnown = outcomeKnown;
    }

    /** True when certainly nothing was stored; false when only a look at the ledger can tell. */
    public boolean outcomeKnown() {
        return outcomeKnown;
    }
}
