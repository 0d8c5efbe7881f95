package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies an organization. Opaque: [0-9A-Za-z], at most 40 characters. */
public record OrganizationId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrganizationId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
