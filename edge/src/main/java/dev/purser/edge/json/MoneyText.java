package dev.purser.edge.json;

import dev.purser.domain.Money;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount as a client may write it: a JSON number, rounded half-even to the nano-dollar because sums of binary
 * fractions
 * arrive with noise, or a plain decimal string of at most 9 places, which is exact.
 */
final class MoneyText {
    static final String EXPECTED = "must be a number, or a decimal string with at most 9 places,"
            + " of at most 32 characters and without an exponent beyond 18";
    private static final Pattern PLAIN = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]{1,9})?");

    private MoneyText() {}

    /** In dollars, exact and of any size; null when it is not an amount. */
    static @Nullable BigDecimal dollars(@Nullable Object value) {
        return switch (value) {
            case NumberText number -> number.value();
            case String text
            when text.length() <= NumberText.MAX_CHARACTERS
                    && PLAIN.matcher(text).matches() -> new BigDecimal(text);
            case null, default -> null;
        };
    }

    /** Rounded; null when it is above the maximum, before as after rounding. */
    static @Nullable Money atMost(Money max, BigDecimal dollars) {
        if (dollars.abs().compareTo(max.dollars()) > 0) {
            return null;
        }
        return Money.of(dollars);
    }
}
