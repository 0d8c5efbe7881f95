package dev.purser.eventstore.secret;

import java.util.List;

/**
 * Finds a customer by the developer's own id for it without keeping that id readable: HMAC-SHA-256 over project, mode and
 * external id, each with its length, under a server key; 64 hex digits. Thread-safe.
 */
public final class BlindIndex {

    private final KeyedHash hash;

    /** An index under keys of 32 bytes, newest first. */
    public BlindIndex(List<byte[]> keysNewestFirst) {
        this.hash = new KeyedHash(keysNewestFirst);
    }

    /** The entry to store: under the newest key. */
    public String entry(String project, String mode, String externalId) {
        return hash.newest(KeyedHash.framed(project, mode, externalId));
    }

    /** The entries under which the id may have been stored, newest key first. */
    public List<String> candidates(String project, String mode, String externalId) {
        return hash.all(KeyedHash.framed(project, mode, externalId));
    }
}
