package dev.purser.gateway.chat;

import dev.purser.gateway.catalogue.Offer;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a provider's answer one that every OpenAI client takes. What the gateway does not know passes untouched. */
final class Chunk {
    private Chunk() {}

    /**
     * Sees to id, object, created and model. The model is the catalogue's name of the one that answered, so that it can be
     * asked for again, and so that {@code auto} says what it chose.
     */
    static void complete(ObjectNode answer, String object, Offer offer, String requestId, Instant now) {
        JsonNode id = answer.path("id");
        if (!id.isString() || id.stringValue().isEmpty()) {
            answer.put("id", "chatcmpl-" + requestId);
        }
        answer.put("object", object);
        if (!answer.path("created").isIntegralNumber()) {
            answer.put("created", now.getEpochSecond());
        }
        answer.put("model", offer.name());
    }

    static boolean carriesOnlyUsage(ObjectNode chunk) {
        return chunk.path("usage").isObject() && chunk.path("choices").isEmpty();
    }

    /** How many choices the chunk brings to their end. */
    static int finished(ObjectNode chunk) {
        int finished = 0;
        for (JsonNode choice : chunk.path("choices")) {
            finished += choice.path("finish_reason").isString() ? 1 : 0;
        }
        return finished;
    }
}
