package dev.purser.eventstore;

import java.util.List;

/** A command claimed a key of an inline table that is already taken; the claim that holds it is durable. */
public final class UniqueClaimViolated extends LedgerFailure {

    private static final long serialVersionUID = 1L;

    private final String table;
    private final transient List<Object> key;

    /** The schema-qualified table and the values of its key columns. */
    public UniqueClaimViolated(String table, List<Object> key) {
        // The key is kept out of the message: it may be a fingerprint or an external id, and messages end in logs.
        super("a key of " + table + " is already taken", null, false);
        this.table = table;
        this.key = List.copyOf(key);
    }

    /** The schema-qualified table. */
    public String table() {
        return table;
    }

    /** The values of the key columns, in the table's order. */
    public List<Object> key() {
        return key;
    }
}
