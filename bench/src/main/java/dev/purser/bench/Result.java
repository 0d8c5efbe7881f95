package dev.purser.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * One figure compared with its goal, printed as {@code RESULT <metric> <value> <unit> goal <goal> met|missed}.
 *
 * @param metric a name without spaces
 * @param unit without spaces; {@code x} for a ratio
 * @param valid false where a condition that belongs to the figure did not hold: then it is missed whatever its value
 */
record Result(String metric, double value, String unit, Direction direction, double goal, boolean valid) {
    private static final int DIGITS = 4;
    /** What is appended to the metric of a goal that is aimed at beyond the one that must be reached. */
    private static final String STRETCH = "_stretch";

    /** Whether more or less is better. */
    enum Direction {
        AT_LEAST(">=", RoundingMode.DOWN),
        AT_MOST("<=", RoundingMode.UP);

        private final String sign;
        /** Away from the goal, so that what is shown is never better than what was measured. */
        private final RoundingMode rounding;

        Direction(String sign, RoundingMode rounding) {
            this.sign = sign;
            this.rounding = rounding;
        }
    }

    static Result atLeast(double goal, String metric, double value, String unit) {
        return new Result(metric, value, unit, Direction.AT_LEAST, goal, true);
    }

    static Result atMost(double goal, String metric, double value, String unit) {
        return new Result(metric, value, unit, Direction.AT_MOST, goal, true);
    }

    Result onlyIf(boolean condition) {
        return new Result(metric, value, unit, direction, goal, valid && condition);
    }

    /** The same figure against the goal beyond. */
    Result stretch(double further) {
        return new Result(metric + STRETCH, value, unit, direction, further, valid);
    }

    boolean met() {
        return valid && (direction == Direction.AT_LEAST ? value >= goal : value <= goal);
    }

    @Override
    public String toString() {
        return "RESULT " + metric + " " + plain(value, direction.rounding) + " " + unit + " goal " + direction.sign
                + plain(goal, RoundingMode.UNNECESSARY) + " "
                + (met() ? "met" : "missed");
    }

    private static String plain(double number, RoundingMode rounding) {
        BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(DIGITS, rounding));
        return (rounded.scale() > 0 ? rounded.stripTrailingZeros() : rounded).toPlainString();
    }
}
