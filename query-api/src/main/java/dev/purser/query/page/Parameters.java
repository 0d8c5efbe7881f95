package dev.purser.query.page;

import dev.purser.domain.Mode;
import dev.purser.edge.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Query parameters as clients send them; what is wrong is a 400 that names the parameter. */
public final class Parameters {
    public static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final int MAX_TEXT_LENGTH = 1_000;
    private static final int MAX_TIME_LENGTH = 40;
    private static final long LAST_MICROSECOND_OF_A_MILLISECOND = 999;
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,15}");

    private Parameters() {}

    /** 1 to 200, 50 if absent. */
    public static int limit(@Nullable String value) {
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        if (INTEGER.matcher(value).matches()) {
            long limit = Long.parseLong(value);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return (int) limit;
            }
        }
        throw Problem.invalid("limit", "must be an integer between 1 and " + MAX_LIMIT);
    }

    /** 0 if absent. */
    public static long offset(@Nullable String value) {
        if (value == null) {
            return 0;
        }
        if (INTEGER.matcher(value).matches()) {
            return Long.parseLong(value);
        }
        throw Problem.invalid("offset", "must be an integer of at least 0");
    }

    /** Text to search for; null if absent. */
    public static @Nullable String text(String field, @Nullable String value) {
        // The database takes no NUL in a text, so none can match.
        if (value != null && (value.length() > MAX_TEXT_LENGTH || value.indexOf('\0') >= 0)) {
            throw Problem.invalid(field, "must have at most " + MAX_TEXT_LENGTH + " characters and no NUL");
        }
        return value;
    }

    /** An ISO-8601 time with its offset. */
    public static Instant time(String field, String value) {
        if (value.length() <= MAX_TIME_LENGTH) {
            try {
                // The zone's plus sign arrives as a blank from clients that do not encode it.
                OffsetDateTime time = OffsetDateTime.parse(value.replace(' ', '+'));
                return time.withOffsetSameInstant(ZoneOffset.UTC).toInstant();
            } catch (DateTimeException e) {
                throw invalidTime(field);
            }
        }
        throw invalidTime(field);
    }

    /** Times are cut to the millisecond in answers: what is shown with this time must be found by it. */
    public static Instant endOfMillisecond(Instant time) {
        Instant start = time.truncatedTo(ChronoUnit.MILLIS);
        return time.equals(start) ? start.plus(LAST_MICROSECOND_OF_A_MILLISECOND, ChronoUnit.MICROS) : time;
    }

    /** Live if absent. */
    public static Mode mode(@Nullable String value) {
        return switch (value) {
            case null -> Mode.LIVE;
            case "live" -> Mode.LIVE;
            case "test" -> Mode.TEST;
            default -> throw Problem.invalid("mode", "must be live or test");
        };
    }

    private static Problem invalidTime(String field) {
        return Problem.invalid(field, "must be an ISO-8601 time such as 2026-01-31T12:00:00.000Z");
    }
}
