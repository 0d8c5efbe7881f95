package dev.purser.gateway.wire;

import dev.purser.edge.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Those fields of a body that the gateway itself must understand. A null is as good as nothing. */
public final class BodyFields {
    private static final int MAX_MODEL_LENGTH = 256;

    private BodyFields() {}

    public static boolean isGiven(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    /** @throws Problem 400 that names the field, as the others */
    public static String model(ObjectNode body) {
        JsonNode model = body.path("model");
        if (!model.isString() || model.stringValue().isBlank()) {
            throw Problem.invalid("model", "must be the name of a model");
        }
        if (model.stringValue().length() > MAX_MODEL_LENGTH) {
            throw Problem.invalid("model", "must have at most " + MAX_MODEL_LENGTH + " characters");
        }
        return model.stringValue();
    }

    /** @param name as the refusal says it */
    public static boolean flag(JsonNode parent, String field, String name) {
        JsonNode node = parent.path(field);
        if (isGiven(node) && !node.isBoolean()) {
            throw Problem.invalid(name, "must be true or false");
        }
        return node.asBoolean(false);
    }

    /** A whole number from 1 on; null where there is none. */
    public static @Nullable Integer count(ObjectNode body, String field, int max) {
        JsonNode node = body.path(field);
        if (!isGiven(node)) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1 || node.intValue() > max) {
            throw Problem.invalid(
                    field,
                    max == Integer.MAX_VALUE ? "must be a whole number above 0" : "must be between 1 and " + max);
        }
        return node.intValue();
    }

    /** A short text; null where there is none. */
    public static @Nullable String word(ObjectNode body, String field, int maxLength) {
        JsonNode node = body.path(field);
        if (!isGiven(node)) {
            return null;
        }
        if (!node.isString()
                || node.stringValue().isBlank()
                || node.stringValue().length() > maxLength) {
            throw Problem.invalid(field, "must be a text of 1 to " + maxLength + " characters");
        }
        return node.stringValue();
    }

    /** As {@link #word}, one of those that are known. */
    public static void oneOf(ObjectNode body, String field, String... known) {
        JsonNode node = body.path(field);
        if (isGiven(node) && !List.of(known).contains(node.asString(""))) {
            throw Problem.invalid(field, "must be one of " + String.join(", ", known));
        }
    }
}
