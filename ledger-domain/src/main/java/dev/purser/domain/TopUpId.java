package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies a top-up: one quote, one payment. Opaque: [0-9A-Za-z], at most 40 characters. */
public record TopUpId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TopUpId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
