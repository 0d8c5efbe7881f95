package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies a payout of margin. Opaque: [0-9A-Za-z], at most 40 characters. */
public record PayoutId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PayoutId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
