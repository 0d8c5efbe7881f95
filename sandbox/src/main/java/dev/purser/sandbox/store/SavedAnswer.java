package dev.purser.sandbox.store;

import dev.purser.sandbox.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was answered to a request with an idempotency key.
 *
 * @param fingerprint of the parameters
 * @param body the JSON as it was sent
 */
public record SavedAnswer(
        String key, String endpoint, String fingerprint, Instant at, int status, String requestId, byte[] body) {
    ObjectNode toJson() {
        return Json.object()
                .put("key", key)
                .put("endpoint", endpoint)
                .put("fingerprint", fingerprint)
                .put("at", at.toEpochMilli())
                .put("status", status)
                .put("request", requestId)
                .put("body", new String(body, StandardCharsets.UTF_8));
    }

    static SavedAnswer of(ObjectNode json) {
        return new SavedAnswer(
                Json.required(json, "key"),
                Json.required(json, "endpoint"),
                Json.required(json, "fingerprint"),
                Instant.ofEpochMilli(Json.number(json, "at")),
                (int) Json.number(json, "status"),
                Json.required(json, "request"),
                Json.required(json, "body").getBytes(StandardCharsets.UTF_8));
    }
}
