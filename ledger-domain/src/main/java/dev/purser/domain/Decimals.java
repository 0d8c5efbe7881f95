package dev.purser.domain;

import java.math.BigDecimal;

/** One form per number, so that equal settings and prices are equal records and equal JSON. */
public final class Decimals {
    private Decimals() {}

    /** Without trailing zeros and without exponent: 2.50 becomes 2.5, 1E+1 becomes 10. */
    public static BigDecimal canonical(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
