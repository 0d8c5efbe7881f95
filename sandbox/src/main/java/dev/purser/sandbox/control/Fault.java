package dev.purser.sandbox.control;

import dev.purser.sandbox.json.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that goes wrong with requests.
 *
 * @param method null for every one
 * @param path that the request's path begins with
 * @param times how many requests are still hit; negative: all, until the faults are removed
 * @param status of {@link Kind#FAIL}
 * @param millis of {@link Kind#DELAY}
 */
record Fault(Kind kind, @Nullable String method, String path, long times, int status, long millis) {
    enum Kind {
        /** Everything is done and recorded, and then the connection is cut without an answer. */
        LOSE_ANSWER,
        /** The connection is cut before anything is done. */
        LOSE_REQUEST,
        /** Nothing is done, and the answer is an error with a status. */
        FAIL,
        /** The request waits before anything is done. */
        DELAY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean hits(String requestMethod, String requestPath) {
        return times != 0 && (method == null || method.equals(requestMethod)) && requestPath.startsWith(path);
    }

    Fault used() {
        return times < 0 ? this : new Fault(kind, method, path, times - 1, status, millis);
    }

    ObjectNode toJson() {
        return Json.object()
                .put("kind", kind.word())
                .put("method", method)
                .put("path", path)
                .put("times", times)
                .put("status", status)
                .put("millis", millis);
    }
}
