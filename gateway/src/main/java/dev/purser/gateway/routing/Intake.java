package dev.purser.gateway.routing;

import dev.purser.edge.Caller;
import dev.purser.edge.EdgeRequest;
import dev.purser.edge.Problem;
import dev.purser.gateway.routing.MeteredCalls.Client;
import dev.purser.gateway.settlement.CallTerms.IdempotencyKey;
import dev.purser.gateway.wire.BodyMemory;
import dev.purser.gateway.wire.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Takes a call in: its body, within the memory there is for all of them, and its key. Thread-safe. */
public final class Intake {
    private static final int MAX_KEY_LENGTH = 255;

    private final BodyMemory bodies = BodyMemory.ofThisHeap();

    /** What a route does with a body. */
    @FunctionalInterface
    public interface Route {
        void answer(ObjectNode body, Client client) throws IOException;
    }

    /** @throws Problem 400, 413, 415 for the body, 503 when too much is under way */
    public void take(Caller.Browser caller, HttpServletRequest request, Route route) throws IOException {
        try (BodyMemory.Lease memory = bodies.take(request.getContentLengthLong())) {
            JsonBody body = JsonBody.read(request);
            memory.shrinkTo(body.bytes().length);
            route.answer(body.json(), new Client(caller, EdgeRequest.id(request), idempotency(request, body)));
        }
    }

    private static @Nullable IdempotencyKey idempotency(HttpServletRequest request, JsonBody body) {
        String key = request.getHeader("Idempotency-Key");
        if (key == null) {
            return null;
        }
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new Problem(
                    400, "invalid_request", "Idempotency-Key must have 1 to " + MAX_KEY_LENGTH + " characters");
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("POST " + request.getRequestURI() + "\n").getBytes(StandardCharsets.UTF_8));
            return new IdempotencyKey(key, digest.digest(body.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
