package dev.purser.edge.idempotency;

import dev.purser.edge.json.Json;
import java.util.Arrays;
import java.util.Optional;
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

    static ResponseEntity<byte[]> asReplay(ResponseEntity<byte[]> answer) {
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(REPLAYED_HEADER, "true")
                .body(answer.getBody());
    }

    static byte[] sealed(AnswerSeal seal, String token, byte[] body) {
        byte[] sealed = seal.seal(token, body);
        byte[] marked = new byte[sealed.length + 1];
        marked[0] = SEALED;
        System.arraycopy(sealed, 0, marked, 1, sealed.length);
        return marked;
    }

    /** Empty when it was sealed under another token. */
    static Optional<byte[]> opened(AnswerSeal seal, String token, byte[] stored) {
        if (stored.length == 0 || stored[0] != SEALED) {
            return Optional.of(stored);
        }
        return seal.open(token, Arrays.copyOfRange(stored, 1, stored.length));
    }
}
