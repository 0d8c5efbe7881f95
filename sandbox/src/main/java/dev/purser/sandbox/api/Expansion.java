package dev.purser.sandbox.api;

import dev.purser.sandbox.store.Work;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Replaces ids in an answer by the objects that they name, as {@code expand[]} asks: {@code data.latest_charge}. */
final class Expansion {
    private static final int MAX_DEPTH = 4;

    private final Work work;

    Expansion(Work work) {
        this.work = work;
    }

    void expand(ObjectNode answer, List<String> paths) {
        for (String path : paths) {
            List<String> steps = List.of(path.split("\\.", -1));
            int depth = steps.getFirst().equals("data") ? steps.size() - 1 : steps.size();
            if (depth > MAX_DEPTH) {
                throw StripeError.invalid(
                        "property_cannot_be_expanded",
                        "expand",
                        "You cannot expand more than " + MAX_DEPTH + " levels of a property (" + path + ").");
            }
            expand(answer, steps, path);
        }
    }

    private void expand(ObjectNode object, List<String> steps, String path) {
        String field = steps.getFirst();
        JsonNode value = object.get(field);
        if (value == null) {
            throw StripeError.invalid(
                    null, "expand", "This property cannot be expanded (" + field + "), as asked by " + path + ".");
        }
        if (value instanceof ArrayNode elements) {
            List<String> rest = steps.subList(1, steps.size());
            for (JsonNode element : elements) {
                if (!rest.isEmpty() && element instanceof ObjectNode inner) {
                    expand(inner, rest, path);
                }
            }
            return;
        }
        if (value.isString()) {
            ObjectNode named = work.find(value.asString());
            if (named == null) {
                throw StripeError.invalid(
                        null, "expand", "This property cannot be expanded (" + field + "), as asked by " + path + ".");
            }
            value = Work.view(named);
            object.set(field, value);
        }
        if (steps.size() > 1 && value instanceof ObjectNode inner) {
            expand(inner, steps.subList(1, steps.size()), path);
        }
    }
}
