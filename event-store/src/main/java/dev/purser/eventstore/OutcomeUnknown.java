package dev.purser.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * The connection broke around a commit and the database could not be asked in time whether the events are stored. The
 * command may or may not have taken effect: repeat it under its idempotency key, or read the stream.
 */
public final class OutcomeUnknown extends LedgerFailure {

    private static final long serialVersionUID = 1L;

    /** An unknown outcome and the failure that left it unknown. */
    public OutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
