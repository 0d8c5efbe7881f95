package dev.purser.sandbox.api;

import dev.purser.sandbox.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A refusal in Stripe's shape. */
public final class StripeError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String INVALID_REQUEST = "invalid_request_error";

    private final int status;
    private final transient ObjectNode error;
    private final boolean executed;

    private StripeError(int status, ObjectNode error, boolean executed) {
        super(Json.text(error, "message"), null, false, false);
        this.status = status;
        this.error = error;
        this.executed = executed;
    }

    private static StripeError of(
            int status, String type, @Nullable String code, @Nullable String param, String message) {
        ObjectNode error = Json.object();
        if (code != null) {
            error.put("code", code);
            error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
        }
        error.put("message", message);
        if (param != null) {
            error.put("param", param);
        }
        return new StripeError(status, error.put("type", type), false);
    }

    /** The request is wrong in itself: 400. */
    public static StripeError invalid(@Nullable String code, @Nullable String param, String message) {
        return of(400, INVALID_REQUEST, code, param, message);
    }

    public static StripeError withStatus(int status, @Nullable String code, String message) {
        return of(status, INVALID_REQUEST, code, null, message);
    }

    /** The card did not work: 402. */
    public static StripeError card(String code, @Nullable String param, String message) {
        return of(402, "card_error", code, param, message);
    }

    public static StripeError idempotency(String message) {
        return of(400, "idempotency_error", null, null, message);
    }

    public static StripeError server(int status, String message) {
        return of(status, "api_error", null, null, message);
    }

    /**
     * The request was carried out and this is its outcome: what it changed stays, and its idempotency key keeps this
     * answer.
     */
    public StripeError executed() {
        return new StripeError(status, error, true);
    }

    public StripeError with(String field, @Nullable JsonNode value) {
        ObjectNode more = error.deepCopy();
        more.set(field, value);
        return new StripeError(status, more, executed);
    }

    public StripeError with(String field, String value) {
        ObjectNode more = error.deepCopy();
        more.put(field, value);
        return new StripeError(status, more, executed);
    }

    public int status() {
        return status;
    }

    public boolean isExecuted() {
        return executed;
    }

    /** The object in the field {@code error}. */
    public ObjectNode error() {
        return error.deepCopy();
    }

    public ObjectNode body() {
        ObjectNode body = Json.object();
        body.set("error", error());
        return body;
    }
}
