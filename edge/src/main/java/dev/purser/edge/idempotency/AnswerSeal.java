package dev.purser.edge.idempotency;

import java.util.Optional;

/** Encrypts stored answers that hold a secret under a key derived from the caller's own token. Thread-safe. */
public interface AnswerSeal {
    byte[] seal(String token, byte[] answer);

    /** Empty when the answer was sealed under another token. */
    Optional<byte[]> open(String token, byte[] sealed);
}
