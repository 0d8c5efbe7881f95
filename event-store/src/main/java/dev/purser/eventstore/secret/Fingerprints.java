package dev.purser.eventstore.secret;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Fingerprints of tokens, the only form in which they are at rest: HMAC-SHA-256 under a server key, 64 hex digits.
 * Thread-safe.
 */
public final class Fingerprints {

    private final KeyedHash hash;

    /** Fingerprints under keys of 32 bytes, newest first. */
    public Fingerprints(List<byte[]> keysNewestFirst) {
        this.hash = new KeyedHash(keysNewestFirst);
    }

    /** The fingerprint to store: under the newest key. */
    public String fingerprint(String token) {
        return hash.newest(token.getBytes(StandardCharsets.UTF_8));
    }

    /** The fingerprints under which a token may have been stored, newest key first. */
    public List<String> candidates(String token) {
        return hash.all(token.getBytes(StandardCharsets.UTF_8));
    }
}
