package dev.purser.eventstore;

import org.jspecify.annotations.Nullable;

/** The ledger cannot store now (database away, lead lost, shutting down, data refused): nothing was stored. */
public final class LedgerUnavailable extends LedgerFailure {

    private static final long serialVersionUID = 1L;

    /** An unavailability and what caused it. */
    public LedgerUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
