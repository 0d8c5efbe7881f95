package dev.purser.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in nano-dollars (1e-9 USD).
 *
 * <p>Arithmetic is exact and throws {@link ArithmeticException} on overflow. Immutable.
 */
public record Money(@JsonValue long nanos) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);
    public static final long NANOS_PER_DOLLAR = 1_000_000_000L;
    private static final int SCALE = 9;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Money {}

    public static Money ofDollars(long dollars) {
        return new Money(Math.multiplyExact(dollars, NANOS_PER_DOLLAR));
    }

    /** Rounds half-even to the nano-dollar. */
    public static Money of(BigDecimal dollars) {
        return new Money(dollars.movePointRight(SCALE)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact());
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(nanos, other.nanos));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(nanos, other.nanos));
    }

    public Money negated() {
        return new Money(Math.negateExact(nanos));
    }

    public Money min(Money other) {
        return nanos <= other.nanos ? this : other;
    }

    public Money max(Money other) {
        return nanos >= other.nanos ? this : other;
    }

    public boolean isPositive() {
        return nanos > 0;
    }

    public boolean isNegative() {
        return nanos < 0;
    }

    public boolean isZero() {
        return nanos == 0;
    }

    public boolean exceeds(Money other) {
        return nanos > other.nanos;
    }

    public BigDecimal dollars() {
        return BigDecimal.valueOf(nanos, SCALE);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nanos, other.nanos);
    }

    /** Plain decimal dollars without exponent or trailing zeros, as on the wire: {@code "8.333333"}, {@code "0"}. */
    @Override
    public String toString() {
        return nanos == 0 ? "0" : dollars().stripTrailingZeros().toPlainString();
    }
}
