package dev.purser.gateway.chat;

import dev.purser.edge.Caller;
import dev.purser.edge.EdgeRequest;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.gateway.catalogue.Catalogue;
import dev.purser.gateway.catalogue.Offers;
import dev.purser.gateway.settlement.CallTerms.IdempotencyKey;
import dev.purser.gateway.settlement.OpenCalls;
import dev.purser.gateway.upstream.Upstreams;
import dev.purser.gateway.wire.BodyMemory;
import dev.purser.gateway.wire.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/chat/completions}, streamed or not. */
@RestController
@Gate(Gate.Kind.BROWSER)
public final class ChatController {
    private static final String PATH = "/v1/chat/completions";
    private static final int MAX_KEY_LENGTH = 255;

    private final ChatCompletions completions;
    private final BodyMemory bodies = BodyMemory.ofThisHeap();

    public ChatController(
            Catalogue catalogue, Offers offers, OpenCalls calls, Upstreams upstreams, Clock clock, RelayTimes times) {
        this.completions = new ChatCompletions(new ModelChoice(offers, catalogue), calls, upstreams, clock, times);
    }

    @PostMapping(PATH)
    public void complete(Caller.Browser caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try (BodyMemory.Lease memory = bodies.take(request.getContentLengthLong())) {
            JsonBody body = JsonBody.read(request);
            memory.shrinkTo(body.bytes().length);
            IdempotencyKey idempotency = idempotency(request.getHeader("Idempotency-Key"), body);
            completions.answer(ChatRequest.parse(body.json()), caller, EdgeRequest.id(request), idempotency, response);
        }
    }

    private static @Nullable IdempotencyKey idempotency(@Nullable String key, JsonBody body) {
        if (key == null) {
            return null;
        }
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new Problem(
                    400, "invalid_request", "Idempotency-Key must have 1 to " + MAX_KEY_LENGTH + " characters");
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("POST " + PATH + "\n").getBytes(StandardCharsets.US_ASCII));
            return new IdempotencyKey(key, digest.digest(body.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
