package dev.purser.command.admin;

import dev.purser.edge.json.Fields;
import org.jspecify.annotations.Nullable;

/** What the operator's routes have in common. */
final class AdminFields {
    static final int CREATED = 201;
    private static final int MAX_NAME = 255;

    private AdminFields() {}

    static String name(Fields fields) {
        return fields.text("name", 1, MAX_NAME);
    }

    static @Nullable String optionalName(Fields fields) {
        return fields.optionalText("name", 1, MAX_NAME);
    }
}
