package dev.purser.gateway.chat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What makes the chunks of one answer belong together, taken from the first of them or made up where it has none. */
record Identity(String id, long created) {
    static Identity of(JsonNode first, String requestId, long nowEpochSecond) {
        JsonNode id = first.path("id");
        JsonNode created = first.path("created");
        return new Identity(
                isId(id) ? id.stringValue() : "chatcmpl-" + requestId,
                created.isIntegralNumber() ? created.asLong() : nowEpochSecond);
    }

    /**
     * Sees to id, object, created and model, which every OpenAI client takes for granted.
     *
     * @param model the catalogue's name of the one that answered, so that it can be asked for again, and so that
     *     {@code auto} says what it chose
     */
    void complete(ObjectNode answer, String object, String model) {
        if (!isId(answer.path("id"))) {
            answer.put("id", id);
        }
        answer.put("object", object);
        if (!answer.path("created").isIntegralNumber()) {
            answer.put("created", created);
        }
        answer.put("model", model);
    }

    private static boolean isId(JsonNode id) {
        return id.isString() && !id.stringValue().isEmpty();
    }
}
