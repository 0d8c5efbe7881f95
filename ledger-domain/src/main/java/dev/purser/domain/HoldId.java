package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies a hold; a gateway call's hold has the id of its request. Opaque: [0-9A-Za-z], at most 40 characters. */
public record HoldId(@JsonValue String value) {
    /** What the ids of debits without a hold begin with, and no hold's id does. */
    public static final String DEBIT_PREFIX = "dbt";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HoldId {
        Ids.require(value);
    }

    /** Whether this is a debit's own id: nothing was held under it. */
    public boolean isOfDebit() {
        return value.startsWith(DEBIT_PREFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
