package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies a hold; a gateway call's hold has the id of its request. Opaque: [0-9A-Za-z], at most 40 characters. */
public record HoldId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HoldId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
