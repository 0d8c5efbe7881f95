package dev.purser.edge.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers, and writes again what was read. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    /** An answer's body; maps keep their order, nulls are written. */
    public static byte[] bytes(Object answer) {
        return MAPPER.writeValueAsBytes(answer);
    }

    /** What {@link JsonReader} read, compact and with its numbers as they came. */
    static String text(Object read) {
        StringBuilder target = new StringBuilder();
        append(read, target);
        return target.toString();
    }

    private static void append(@Nullable Object value, StringBuilder target) {
        switch (value) {
            case null -> target.append("null");
            case Map<?, ?> object -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : object.entrySet()) {
                    target.append(separator)
                            .append(MAPPER.writeValueAsString(entry.getKey()))
                            .append(':');
                    append(entry.getValue(), target);
                    separator = ",";
                }
                target.append(object.isEmpty() ? "{}" : "}");
            }
            case List<?> array -> {
                String separator = "[";
                for (Object entry : array) {
                    target.append(separator);
                    append(entry, target);
                    separator = ",";
                }
                target.append(array.isEmpty() ? "[]" : "]");
            }
            case NumberText number -> target.append(number.text());
            case String text -> target.append(MAPPER.writeValueAsString(text));
            case Boolean flag -> target.append(flag);
            default -> throw new IllegalStateException("not a JSON value: " + value.getClass());
        }
    }

    static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
