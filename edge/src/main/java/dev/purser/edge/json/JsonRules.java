package dev.purser.edge.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What valid JSON may say and the database cannot keep. */
final class JsonRules {
    private JsonRules() {}

    /** Null for a text that can be stored. */
    static @Nullable String textFault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                return "must not contain the NUL character";
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "must not contain half of a surrogate pair";
            }
        }
        return null;
    }

    /** The first fault of a whole value, names included; null when there is none. */
    static @Nullable String fault(@Nullable Object value) {
        return switch (value) {
            case String text -> textFault(text);
            case NumberText number
            when number.value() == null ->
                "must not contain numbers of more than " + NumberText.MAX_CHARACTERS
                        + " characters or exponents beyond " + NumberText.MAX_EXPONENT;
            case Map<?, ?> object -> faultIn(object);
            case List<?> array ->
                array.stream()
                        .map(JsonRules::fault)
                        .filter(fault -> fault != null)
                        .findFirst()
                        .orElse(null);
            case null, default -> null;
        };
    }

    private static @Nullable String faultIn(Map<?, ?> object) {
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            String fault = textFault(String.valueOf(entry.getKey()));
            if (fault == null) {
                fault = fault(entry.getValue());
            }
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }
}
