package dev.purser.eventstore.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * Instants in the very form of {@link Instant#toString()} and read in any form that {@link Instant#parse} takes, without
 * the formatter of java.time, which costs more than the rest of an event does.
 */
final class InstantJson {
    private static final int SECONDS_LENGTH = "2026-01-02T03:04:05".length();
    private static final int NANO_DIGITS = 9;
    private static final int GROUP = 1_000;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int MINUTES_PER_HOUR = 60;
    private static final int HOURS_PER_DAY = 24;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int LAST_YEAR_OF_FOUR_DIGITS = 9_999;

    private InstantJson() {}

    static SimpleModule module() {
        return new SimpleModule("instants")
                .addSerializer(Instant.class, new Serializer())
                .addDeserializer(Instant.class, new Deserializer());
    }

    static String format(Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > LAST_YEAR_OF_FOUR_DIGITS) {
            return instant.toString();
        }
        StringBuilder text = new StringBuilder(SECONDS_LENGTH + NANO_DIGITS + 2);
        padded(text, time.getYear(), 4).append('-');
        padded(text, time.getMonthValue(), 2).append('-');
        padded(text, time.getDayOfMonth(), 2).append('T');
        padded(text, time.getHour(), 2).append(':');
        padded(text, time.getMinute(), 2).append(':');
        padded(text, time.getSecond(), 2);
        fraction(text, instant.getNano());
        return text.append('Z').toString();
    }

    /** None, or three, six or nine digits. */
    private static void fraction(StringBuilder text, int nanos) {
        if (nanos == 0) {
            return;
        }
        int digits = NANO_DIGITS;
        int shown = nanos;
        while (shown % GROUP == 0) {
            shown /= GROUP;
            digits -= 3;
        }
        padded(text.append('.'), shown, digits);
    }

    private static StringBuilder padded(StringBuilder text, int number, int digits) {
        int power = 1;
        for (int i = 1; i < digits; i++) {
            power *= 10;
        }
        for (int rest = number; power > 0; power /= 10) {
            text.append((char) ('0' + rest / power));
            rest %= power;
        }
        return text;
    }

    static Instant parse(String text) {
        int end = text.length() - 1;
        if (end < SECONDS_LENGTH
                || text.charAt(end) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return Instant.parse(text);
        }
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, SECONDS_LENGTH);
        int nanos = end == SECONDS_LENGTH ? 0 : nanos(text, end);
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        if ((year | month | day | hour | minute | second | nanos) < 0
                || hour >= HOURS_PER_DAY
                || minute >= MINUTES_PER_HOUR
                || second >= SECONDS_PER_MINUTE) {
            return Instant.parse(text);
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(
                days * SECONDS_PER_DAY + ((long) hour * MINUTES_PER_HOUR + minute) * SECONDS_PER_MINUTE + second,
                nanos);
    }

    /** Negative where it is anything but a point and one to nine digits. */
    private static int nanos(String text, int end) {
        int from = SECONDS_LENGTH + 1;
        if (text.charAt(SECONDS_LENGTH) != '.' || end - from > NANO_DIGITS || end == from) {
            return -1;
        }
        int nanos = digits(text, from, end);
        for (int i = end - from; i < NANO_DIGITS && nanos > 0; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** Negative where there is anything but digits. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static final class Serializer extends StdScalarSerializer<Instant> {
        private Serializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(format(value));
        }
    }

    private static final class Deserializer extends StdScalarDeserializer<Instant> {
        private Deserializer() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(getValueType(context), parser);
            }
            String text = parser.getString();
            try {
                return parse(text);
            } catch (DateTimeException e) {
                return (Instant)
                        context.handleWeirdStringValue(Instant.class, text, "is no instant: %s", e.getMessage());
            }
        }
    }
}
