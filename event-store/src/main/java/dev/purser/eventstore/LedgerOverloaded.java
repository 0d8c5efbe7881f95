package dev.purser.eventstore;

/** The queue before the writer is full: nothing was stored, the command may be sent again a little later. */
public final class LedgerOverloaded extends LedgerFailure {

    private static final long serialVersionUID = 1L;

    /** Without a stack trace: this is thrown most often when there is least time for it. */
    public LedgerOverloaded(String message) {
        super(message, null, false);
    }
}
