package dev.purser.edge.request;

import dev.purser.domain.Ledger.Cause;
import dev.purser.edge.Caller;
import dev.purser.edge.Problem;
import dev.purser.edge.json.Fields;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request for a change, as a controller takes it: body read and bounded, JSON not yet parsed.
 *
 * @param path as it was sent, still encoded
 * @param idempotencyKey as it was sent, not yet checked
 * @param token the caller's own; never write it anywhere
 */
public record Call(
        String requestId,
        Caller caller,
        String token,
        String method,
        String path,
        @Nullable String idempotencyKey,
        byte[] body) {
    private static final int MAX_KEY_CHARACTERS = 255;

    /** Who asks, for the events that come of it. */
    public Cause cause() {
        return new Cause(caller.actor(), requestId);
    }

    /** The body's fields; a body that is no JSON object is a 400. */
    public Fields fields() {
        return Fields.of(body);
    }

    /** 1 to 255 visible ASCII characters; anything else is a 400. */
    public Optional<String> checkedIdempotencyKey() {
        if (idempotencyKey == null) {
            return Optional.empty();
        }
        boolean visible = idempotencyKey.chars().allMatch(c -> c > ' ' && c < 127);
        if (idempotencyKey.isEmpty() || idempotencyKey.length() > MAX_KEY_CHARACTERS || !visible) {
            throw Problem.invalid("Idempotency-Key", "must have 1 to 255 visible ASCII characters");
        }
        return Optional.of(idempotencyKey);
    }

    /** What an idempotency key is unique in, so that it survives a change of key and a refresh of the token. */
    public String scope() {
        return switch (caller) {
            case Caller.Backend(var access) ->
                "project:" + access.projectId() + ":" + access.mode().wireName();
            case Caller.Browser(var access) -> "wallet:" + access.walletId();
            case Caller.Operator(var access) -> "key:" + access.keyId();
            case Caller.Auditor(var access) -> "key:" + access.keyId();
        };
    }

    /** Without the token. */
    @Override
    public String toString() {
        return requestId + " " + method + " " + path;
    }
}
