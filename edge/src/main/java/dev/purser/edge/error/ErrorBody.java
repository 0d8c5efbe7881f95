package dev.purser.edge.error;

import dev.purser.edge.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two shapes of an error. */
public final class ErrorBody {
    private ErrorBody() {}

    public static Map<String, Object> api(Problem problem, String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", true);
        body.put("status", problem.status());
        body.put("code", problem.code());
        body.put("message", problem.message());
        body.putAll(problem.named());
        if (!problem.details().isEmpty()) {
            body.put("details", problem.details());
        }
        if (problem.status() == 500) {
            body.put("requestId", requestId);
        }
        return body;
    }

    /**
     * As OpenAI's clients expect it, with the message at the top level too; also the shape of an error frame in a
     * stream.
     */
    public static Map<String, Object> openAi(Problem problem, String requestId) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", problem.message());
        error.put("type", openAiType(problem.status()));
        error.put(
                "param",
                problem.details().isEmpty()
                        ? null
                        : problem.details().getFirst().field());
        error.put("code", openAiCode(problem));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("message", problem.message());
        if (problem.status() == 500) {
            body.put("requestId", requestId);
        }
        return body;
    }

    private static String openAiType(int status) {
        return switch (status) {
            case 402 -> "billing_error";
            case 403 -> "permission_denied";
            case 404 -> "not_found";
            case 413 -> "request_too_large";
            case 415 -> "unsupported_media_type";
            case 429 -> "rate_limit_error";
            case 499 -> "request_cancelled";
            case 504 -> "timeout_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }

    private static @Nullable String openAiCode(Problem problem) {
        return switch (problem.status()) {
            case 400 -> null;
            case 401 -> "invalid_api_key";
            case 429 -> "rate_limit_exceeded";
            default -> problem.code();
        };
    }
}
