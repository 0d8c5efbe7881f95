package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Keyed HMAC-SHA-256 of a token (lower-case hex). The token itself is never stored. */
public record Fingerprint(@JsonValue String hex) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Fingerprint {
        if (hex.length() != 64) {
            throw new IllegalArgumentException("a fingerprint has 64 hex digits, not " + hex.length());
        }
    }
}
