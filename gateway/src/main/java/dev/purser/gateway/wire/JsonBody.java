package dev.purser.gateway.wire;

import dev.purser.edge.Problem;
import dev.purser.edge.request.Bodies;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.node.ObjectNode;

/** A request's body: its bytes, for comparison with a repeated request, and what they say. */
public record JsonBody(byte[] bytes, ObjectNode json) {
    public static final int MAX_BYTES = 20 << 20;

    /** @throws Problem 415 for another type than JSON, 413 when too large, 400 when it is not a JSON object */
    public static JsonBody read(HttpServletRequest request) {
        byte[] bytes = Bodies.read(request, MAX_BYTES);
        try {
            if (WireJson.parse(bytes) instanceof ObjectNode json) {
                return new JsonBody(bytes, json);
            }
        } catch (WireJson.NotJson e) {
            throw new Problem(400, "invalid_json", "The body is " + e.getMessage());
        }
        throw new Problem(400, "invalid_request", "The body must be a JSON object");
    }
}
