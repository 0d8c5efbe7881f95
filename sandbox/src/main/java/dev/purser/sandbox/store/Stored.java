package dev.purser.sandbox.store;

import dev.purser.sandbox.json.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object as it is kept: bytes, and beside them what lists are ordered and filtered by.
 *
 * @param sequence the order in which objects were made
 * @param created seconds since the epoch
 */
public record Stored(String id, Kind kind, long sequence, long created, Map<String, String> filters, byte[] json) {
    /** The field of an object that never leaves the sandbox. */
    public static final String PRIVATE = "_sandbox";

    private static final String SEQUENCE = "sequence";

    static Stored of(Kind kind, ObjectNode object, long sequence) {
        Json.child(object, PRIVATE).put(SEQUENCE, sequence);
        Map<String, String> filters = new HashMap<>();
        for (String field : kind.filters()) {
            String value = Json.text(object, field);
            if (value != null) {
                filters.put(field, value);
            }
        }
        return new Stored(
                Json.required(object, "id"),
                kind,
                sequence,
                Json.number(object, "created"),
                Map.copyOf(filters),
                Json.bytes(object));
    }

    static long sequenceOf(ObjectNode object) {
        return Json.number(Json.child(object, PRIVATE), SEQUENCE);
    }

    /** A copy that the caller may change. */
    public ObjectNode read() {
        return Json.parse(json);
    }

    public @Nullable String filter(String field) {
        return filters.get(field);
    }
}
