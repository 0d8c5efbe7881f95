package dev.purser.edge;

import java.util.List;
import java.util.Map;

/**
 * A request that gets an error as its answer; the edge renders it in the shape of the route's family.
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">the shape of OpenAI's errors</a>
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<Detail> details;
    private final transient Map<String, String> headers;
    private final transient Map<String, String> named;

    /** A field and what it must be. */
    public record Detail(String field, String message) {}

    public Problem(int status, String code, String message) {
        this(status, code, message, List.of(), Map.of());
    }

    public Problem(int status, String code, String message, List<Detail> details, Map<String, String> headers) {
        this(status, code, message, details, headers, Map.of());
    }

    private Problem(
            int status,
            String code,
            String message,
            List<Detail> details,
            Map<String, String> headers,
            Map<String, String> named) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.details = List.copyOf(details);
        this.headers = Map.copyOf(headers);
        this.named = Map.copyOf(named);
    }

    /** The same with a field of its own in the API's body, for what a program goes on with: an id, not a reason. */
    public Problem naming(String field, String value) {
        return new Problem(status, code, message(), details, headers, Map.of(field, value));
    }

    public static Problem invalid(String field, String message) {
        return new Problem(
                400, "invalid_request", field + " " + message, List.of(new Detail(field, message)), Map.of());
    }

    public static Problem notFound(String what) {
        return new Problem(404, "not_found", what + " not found");
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public List<Detail> details() {
        return details;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public Map<String, String> named() {
        return named;
    }
}
