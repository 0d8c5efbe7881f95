package dev.purser.edge.idempotency;

import dev.purser.eventstore.secret.SealedAnswers;
import java.util.Optional;

/** The real sealing. */
final class TokenSeal implements AnswerSeal {
    @Override
    public byte[] seal(String token, byte[] answer) {
        return SealedAnswers.seal(token, "test", answer);
    }

    @Override
    public Optional<byte[]> open(String token, byte[] sealed) {
        return SealedAnswers.open(token, "test", sealed);
    }
}
