package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Personal text encrypted with its customer's own key (base64); unreadable once that key is erased. */
public record Sealed(@JsonValue String base64) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sealed {}
}
