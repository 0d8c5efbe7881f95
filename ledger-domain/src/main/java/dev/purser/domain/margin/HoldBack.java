package dev.purser.domain.margin;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.purser.domain.Decimals;
import dev.purser.domain.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;

/**
 * The share of recent margin that is not paid out yet, because top-ups may still be disputed.
 *
 * @param percent of what accrued, 0…100
 * @param days for how many full days, 0…365
 */
public record HoldBack(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal percent, int days) {
    public static final int MAX_DAYS = 365;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    public static final HoldBack NONE = new HoldBack(BigDecimal.ZERO, 0);

    public HoldBack {
        if (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0) {
            throw new IllegalArgumentException("percent must be between 0 and 100, is " + percent);
        }
        if (days < 0 || days > MAX_DAYS) {
            throw new IllegalArgumentException("days must be between 0 and " + MAX_DAYS + ", is " + days);
        }
        percent = Decimals.canonical(percent);
    }

    /**
     * What of the balance stays: the percentage of what accrued since {@code today} − days, that day included, so that
     * each accrual stays for at least so many full days. Rounded up to the nano-dollar, never negative.
     *
     * @param accruedPerDay per UTC day, what was clawed back subtracted
     */
    public Money heldBack(Map<LocalDate, Money> accruedPerDay, LocalDate today) {
        if (percent.signum() == 0) {
            return Money.ZERO;
        }
        LocalDate first = today.minusDays(days);
        Money recent = Money.ZERO;
        for (Map.Entry<LocalDate, Money> day : accruedPerDay.entrySet()) {
            if (!day.getKey().isBefore(first)) {
                recent = recent.plus(day.getValue());
            }
        }
        return new Money(BigDecimal.valueOf(recent.max(Money.ZERO).nanos())
                .multiply(percent)
                .divide(HUNDRED, 0, RoundingMode.CEILING)
                .longValueExact());
    }
}
