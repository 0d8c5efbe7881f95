package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies a customer. Opaque: [0-9A-Za-z], at most 40 characters. */
public record CustomerId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CustomerId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
