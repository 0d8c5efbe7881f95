package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies a key. Opaque: [0-9A-Za-z], at most 40 characters. */
public record KeyId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public KeyId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
