package dev.purser.eventstore;

/** Another process writes to this ledger: nothing was stored, and the command may be sent to that one. */
public final class NotLeading extends LedgerFailure {

    private static final long serialVersionUID = 1L;

    /** Without a stack trace: while another process leads, every command ends so. */
    public NotLeading(String message) {
        super(message, null, false);
    }
}
