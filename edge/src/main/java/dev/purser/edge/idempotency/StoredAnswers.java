package dev.purser.edge.idempotency;

import java.util.Optional;

/** Answers kept under their idempotency keys, as durable as the events they were stored with. Thread-safe. */
public interface StoredAnswers {
    Optional<StoredAnswer> find(String scope, String key);

    /**
     * An answer on record.
     *
     * @param requestHash SHA-256 over method, path and body of the request it answered
     * @param answer as it was stored, perhaps sealed
     */
    record StoredAnswer(byte[] requestHash, int status, byte[] answer) {}
}
