package dev.purser.edge.idempotency;

import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.StoredAnswers.StoredAnswer;
import dev.purser.edge.json.Json;
import java.util.Arrays;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers with a JSON body, and the form in which they are stored. */
public final class Answers {
    static final String REPLAYED_HEADER = "Idempotent-Replayed";

    /** No JSON text begins with it. */
    private static final byte SEALED = 1;

    private Answers() {}

    public static ResponseEntity<byte[]> json(int status, Object body) {
        return respond(status, Json.bytes(body));
    }

    static ResponseEntity<byte[]> respond(int status, byte[] body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    static ResponseEntity<byte[]> replay(StoredAnswer stored, byte[] body) {
        return ResponseEntity.status(stored.status())
                .contentType(MediaType.APPLICATION_JSON)
                .header(REPLAYED_HEADER, "true")
                .body(body);
    }

    static byte[] sealed(AnswerSeal seal, String token, byte[] body) {
        byte[] sealed = seal.seal(token, body);
        byte[] marked = new byte[sealed.length + 1];
        marked[0] = SEALED;
        System.arraycopy(sealed, 0, marked, 1, sealed.length);
        return marked;
    }

    static byte[] opened(AnswerSeal seal, String token, byte[] stored) {
        if (stored.length == 0 || stored[0] != SEALED) {
            return stored;
        }
        return seal.open(token, Arrays.copyOfRange(stored, 1, stored.length))
                .orElseThrow(() -> new Problem(
                        409,
                        "idempotency_answer_sealed",
                        "That request was answered to another token, and its answer holds a secret"
                                + " that only that token can read again"));
    }
}
