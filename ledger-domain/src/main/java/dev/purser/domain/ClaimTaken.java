package dev.purser.domain;

/** Something that must be unique (external id, idempotency key, fingerprint) belongs to somebody else already; nothing has changed. */
public final class ClaimTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String table;

    public ClaimTaken(String table) {
        super("taken in " + table, null, false, false);
        this.table = table;
    }

    /** The inline table that refused, without its schema. */
    public String table() {
        return table;
    }
}
