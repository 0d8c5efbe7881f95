package dev.purser.sandbox.store;

import dev.purser.sandbox.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** An object of each kind, and some of their parts, with every field that Stripe's has, empty where there is nothing to say. */
final class Templates {
    private static final ObjectNode ALL = load();

    private Templates() {}

    static ObjectNode of(String name) {
        if (ALL.get(name) instanceof ObjectNode template) {
            return template.deepCopy();
        }
        throw new IllegalStateException("No template of " + name);
    }

    private static ObjectNode load() {
        try (InputStream in = Objects.requireNonNull(Templates.class.getResourceAsStream("templates.json"))) {
            return Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
