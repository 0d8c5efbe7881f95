package dev.purser.sandbox.event;

import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.store.Mode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One attempt to deliver an event.
 *
 * @param number 1 for the first; 0 for one that was asked for
 * @param status of the answer; 0 when there was none
 * @param error why there was no answer
 */
public record Attempt(
        Mode mode,
        String event,
        String type,
        int number,
        Instant at,
        long millis,
        int status,
        @Nullable String error) {
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    public ObjectNode toJson() {
        return Json.object()
                .put("event", event)
                .put("type", type)
                .put("mode", mode.word())
                .put("attempt", number)
                .put("at", at.toString())
                .put("millis", millis)
                .put("status", status)
                .put("error", error);
    }
}
