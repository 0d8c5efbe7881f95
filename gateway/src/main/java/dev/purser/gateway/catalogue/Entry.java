package dev.purser.gateway.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An entry of a catalogue file, and where it stands, so that a refusal can name it.
 *
 * @param line on which the entry begins, from 1
 * @param what the entry's name, as far as it is known
 */
record Entry(String file, int line, String what, JsonNode json) {
    Entry named(String name) {
        return new Entry(file, line, name, json);
    }

    Entry within(JsonNode part) {
        return new Entry(file, line, what, part);
    }

    CatalogueRefused refused(String why) {
        return new CatalogueRefused(file, "line " + line + ": " + (what.isEmpty() ? why : what + ": " + why));
    }

    @Nullable
    String text(String name) {
        JsonNode node = json.path(name);
        return node.isString() ? node.stringValue() : null;
    }

    boolean has(String name) {
        JsonNode node = json.path(name);
        return !node.isMissingNode() && !node.isNull();
    }

    List<JsonNode> elements(String name) {
        if (!has(name)) {
            return List.of();
        }
        if (!json.path(name).isArray()) {
            throw refused(name + " must be a list");
        }
        return json.path(name).valueStream().toList();
    }
}
