package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies a session. Opaque: [0-9A-Za-z], at most 40 characters. */
public record SessionId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SessionId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
