package dev.purser.sandbox.api;

import dev.purser.sandbox.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a request. What nobody asked for is refused at the end. Used by one thread. */
public final class Params {
    private static final String INVALID_INTEGER = "parameter_invalid_integer";
    private static final int MAX_TEXT = 5_000;
    private static final int MAX_METADATA = 50;
    private static final int MAX_METADATA_KEY = 40;
    private static final int MAX_METADATA_VALUE = 500;

    private final ObjectNode tree;
    private final String path;
    private final Set<String> known = new HashSet<>();
    private final Map<String, Params> children = new HashMap<>();

    Params(ObjectNode tree, String path) {
        this.tree = tree;
        this.path = path;
    }

    public static Params none() {
        return new Params(Json.object(), "");
    }

    /** The name as error messages give it: {@code card[number]}. */
    public String name(String name) {
        return path.isEmpty() ? name : path + "[" + name + "]";
    }

    public boolean has(String name) {
        return tree.has(name);
    }

    /** Is it there, as a value and not as an object? */
    public boolean isPlain(String name) {
        return tree.has(name) && !tree.get(name).isObject();
    }

    /** Null when it is missing or empty, which is how a field is unset. */
    public @Nullable String text(String name) {
        known.add(name);
        JsonNode value = tree.get(name);
        if (value == null) {
            return null;
        }
        if (value.isObject()) {
            throw StripeError.invalid(null, name(name), "Invalid string: " + value);
        }
        String text = value.asString();
        if (text.length() > MAX_TEXT) {
            throw StripeError.invalid(
                    "parameter_invalid_string_too_long",
                    name(name),
                    "Invalid string: must be at most " + MAX_TEXT + " characters");
        }
        return text.isEmpty() ? null : text;
    }

    public String requiredText(String name) {
        String text = text(name);
        if (text == null) {
            throw tree.has(name)
                    ? StripeError.invalid(
                            "parameter_invalid_empty",
                            name(name),
                            "You passed an empty string for '" + name(name) + "'. We assume empty values are an attempt"
                                    + " to unset a parameter; however '" + name(name) + "' cannot be unset. You should"
                                    + " remove '" + name(name) + "' from your request or supply a non-empty value.")
                    : StripeError.invalid(
                            "parameter_missing", name(name), "Missing required param: " + name(name) + ".");
        }
        return text;
    }

    public String choice(String name, List<String> values) {
        String text = requiredText(name);
        if (!values.contains(text)) {
            throw StripeError.invalid(
                    null, name(name), "Invalid " + name(name) + ": must be one of " + String.join(", ", values));
        }
        return text;
    }

    public @Nullable Long integer(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw StripeError.invalid(INVALID_INTEGER, name(name), "Invalid integer: " + text);
        }
    }

    public long integer(String name, long otherwise, long least, long most) {
        Long value = integer(name);
        if (value == null) {
            return otherwise;
        }
        if (value < least || value > most) {
            throw StripeError.invalid(
                    INVALID_INTEGER,
                    name(name),
                    "This value must be "
                            + (value < least ? "greater than or equal to " + least : "less than or equal to " + most)
                            + " (it currently is '" + value + "').");
        }
        return value;
    }

    public long requiredInteger(String name) {
        requiredText(name);
        return integer(name, 0, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    public boolean flag(String name) {
        String text = text(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw StripeError.invalid(null, name(name), "Invalid boolean: " + text);
        }
        return "true".equals(text);
    }

    /** The parameters inside this one; none when it is missing. */
    public Params map(String name) {
        known.add(name);
        Params before = children.get(name);
        if (before != null) {
            return before;
        }
        JsonNode value = tree.get(name);
        if (value != null && !value.isObject() && !value.asString().isEmpty()) {
            throw StripeError.invalid(null, name(name), "Invalid object");
        }
        Params child = new Params(value instanceof ObjectNode object ? object : Json.object(), name(name));
        children.put(name, child);
        return child;
    }

    public List<String> texts(String name) {
        Params values = map(name);
        List<String> texts = new ArrayList<>();
        for (String key : values.names()) {
            texts.add(values.requiredText(key));
        }
        return texts;
    }

    public List<String> names() {
        return List.copyOf(tree.propertyNames());
    }

    /** Whatever is in there, as it came. */
    public ObjectNode anything() {
        known.addAll(names());
        return tree.deepCopy();
    }

    public boolean isEmpty() {
        return tree.isEmpty();
    }

    /** Takes over the given ones of these fields; an empty one becomes null. */
    public void copyTo(ObjectNode object, String... names) {
        for (String name : names) {
            if (has(name)) {
                object.put(name, text(name));
            }
        }
    }

    /** Merges the metadata into the object's: an empty value removes its key, an empty parameter all of them. */
    public void mergeMetadata(ObjectNode object) {
        ObjectNode metadata = Json.child(object, "metadata");
        if (!has("metadata")) {
            return;
        }
        Params given = map("metadata");
        if (given.isEmpty()) {
            metadata.removeAll();
        }
        for (String key : given.names()) {
            String value = given.text(key);
            if (value == null) {
                metadata.remove(key);
                continue;
            }
            limit(given.name(key), "Metadata keys", key, MAX_METADATA_KEY);
            limit(given.name(key), "Metadata values", value, MAX_METADATA_VALUE);
            metadata.put(key, value);
        }
        if (metadata.size() > MAX_METADATA) {
            throw StripeError.invalid(
                    null,
                    "metadata",
                    "Metadata can have at most " + MAX_METADATA + " keys, but has " + metadata.size());
        }
    }

    private static void limit(String param, String what, String text, int most) {
        if (text.length() > most) {
            throw StripeError.invalid(
                    null,
                    param,
                    what + " can have up to " + most + " characters, but you passed in " + text.length() + ".");
        }
    }

    public void refuseUnknown() {
        List<String> unknown = unknown();
        if (!unknown.isEmpty()) {
            throw StripeError.invalid(
                    "parameter_unknown",
                    unknown.getFirst(),
                    (unknown.size() == 1 ? "Received unknown parameter: " : "Received unknown parameters: ")
                            + String.join(", ", unknown));
        }
    }

    private List<String> unknown() {
        List<String> unknown = new ArrayList<>();
        for (String name : names()) {
            Params child = children.get(name);
            if (child != null) {
                unknown.addAll(child.unknown());
            } else if (!known.contains(name)) {
                unknown.add(name(name));
            }
        }
        return unknown;
    }

    /** The same for the same parameters, in whatever order they came. */
    String fingerprint() {
        List<String> lines = new ArrayList<>();
        flatten(tree, "", lines);
        lines.sort(null);
        return String.join("&", lines);
    }

    private static void flatten(ObjectNode node, String path, List<String> lines) {
        node.properties().forEach(entry -> {
            String name = path + "[" + entry.getKey() + "]";
            if (entry.getValue() instanceof ObjectNode child) {
                flatten(child, name, lines);
            } else {
                lines.add(name + "=" + entry.getValue());
            }
        });
    }
}
