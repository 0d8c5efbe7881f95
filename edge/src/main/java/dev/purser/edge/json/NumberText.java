package dev.purser.edge.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A JSON number as its raw text, so that nothing is computed before its size is known: 1e20000000 must cost nothing.
 */
record NumberText(String text) {
    static final int MAX_CHARACTERS = 32;
    static final int MAX_EXPONENT = 18;

    /** The exact value; null when the text is longer than 32 characters or its exponent is beyond ±18. */
    @Nullable
    BigDecimal value() {
        return text.length() <= MAX_CHARACTERS && exponentIsSmall() ? new BigDecimal(text) : null;
    }

    private boolean exponentIsSmall() {
        int mark = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (mark < 0) {
            return true;
        }
        // At most 31 characters are left here, but even they would overflow an int.
        int exponent = 0;
        for (int i = mark + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                exponent = exponent * 10 + (c - '0');
                if (exponent > MAX_EXPONENT) {
                    return false;
                }
            }
        }
        return true;
    }
}
