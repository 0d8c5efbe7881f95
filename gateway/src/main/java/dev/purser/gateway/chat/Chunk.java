package dev.purser.gateway.chat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a chunk of a provider's stream is there for. */
final class Chunk {
    private Chunk() {}

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
