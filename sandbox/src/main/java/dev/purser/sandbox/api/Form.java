package dev.purser.sandbox.api;

import dev.purser.sandbox.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Form-encoded parameters as a tree of texts: {@code a[b]=1} is an object in an object. An array is an object whose
 * names are numbers: {@code a[]=x} takes the next number, {@code a[0]=x} says it.
 */
final class Form {
    private static final int MAX_PAIRS = 1_000;
    private static final int MAX_DEPTH = 10;

    private Form() {}

    static ObjectNode parse(String encoded) {
        ObjectNode tree = Json.object();
        int pairs = 0;
        for (String pair : encoded.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            pairs++;
            if (pairs > MAX_PAIRS) {
                throw StripeError.invalid(null, null, "Too many parameters: at most " + MAX_PAIRS + " are read.");
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            put(tree, name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return tree;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StripeError.invalid(null, null, "Invalid request: a parameter is not form-encoded.");
        }
    }

    private static void put(ObjectNode tree, String name, String value) {
        List<String> path = path(name);
        ObjectNode node = tree;
        for (String step : path.subList(0, path.size() - 1)) {
            String key = key(node, step);
            if (node.has(key) && !node.get(key).isObject()) {
                throw contradiction(name);
            }
            node = Json.child(node, key);
        }
        String key = key(node, path.getLast());
        if (node.has(key) && node.get(key).isObject()) {
            throw contradiction(name);
        }
        node.put(key, value);
    }

    private static String key(ObjectNode node, String step) {
        return step.isEmpty() ? Integer.toString(node.size()) : step;
    }

    /** {@code a[b][c]} is a, b, c; what does not look like that is one name. */
    private static List<String> path(String name) {
        int open = name.indexOf('[');
        if (open <= 0 || !name.endsWith("]")) {
            return List.of(name);
        }
        List<String> path = new ArrayList<>();
        path.add(name.substring(0, open));
        for (String step : name.substring(open + 1, name.length() - 1).split("]\\[", -1)) {
            path.add(step);
        }
        if (path.size() > MAX_DEPTH) {
            throw StripeError.invalid(null, null, "Parameters are nested more than " + MAX_DEPTH + " deep.");
        }
        return path;
    }

    private static StripeError contradiction(String name) {
        return StripeError.invalid(null, name, "Invalid " + name + ": it is given both as a value and as an object.");
    }
}
