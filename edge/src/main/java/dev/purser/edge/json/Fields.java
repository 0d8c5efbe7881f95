package dev.purser.edge.json;

import dev.purser.domain.Money;
import dev.purser.edge.Problem;
import dev.purser.edge.Problem.Detail;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object and collects what is wrong with them. Call {@link #verify()} before any value is
 * used: until then a faulty field answers a harmless placeholder. Unknown fields are ignored; null means absent. Not
 * thread-safe.
 */
public final class Fields {
    /** What a backend may move at once. */
    public static final Money MAX_AMOUNT = Money.ofDollars(1_000_000);
    /** What a limit or cap may say. */
    public static final Money MAX_LIMIT = Money.ofDollars(1_000_000_000);

    private static final int MAX_NAMED_IN_MESSAGE = 5;
    private static final int MAX_TIME_CHARACTERS = 40;
    private static final Instant LATEST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

    private final Map<String, @Nullable Object> values;
    private final String prefix;
    private final List<Detail> told;
    private final List<Detail> wrong;

    /**
     * @param told what the whole body is refused for
     * @param wrong where this object's faults go: into told, or nowhere where the object itself is a fault
     */
    private Fields(Map<String, @Nullable Object> values, String prefix, List<Detail> told, List<Detail> wrong) {
        this.values = values;
        this.prefix = prefix;
        this.told = told;
        this.wrong = wrong;
    }

    /** Of a body: one JSON object, or nothing at all. */
    public static Fields of(byte[] body) {
        List<Detail> told = new ArrayList<>();
        return new Fields(JsonReader.object(body), "", told, told);
    }

    /** Throws one problem that names every faulty field. */
    public void verify() {
        if (told.isEmpty()) {
            return;
        }
        String message = told.stream()
                .limit(MAX_NAMED_IN_MESSAGE)
                .map(detail -> detail.field() + " " + detail.message())
                .collect(Collectors.joining("; "));
        throw new Problem(400, "invalid_request", message, told, Map.of());
    }

    /** Says that a field is wrong for a reason of the caller's own. */
    public void refuse(String name, String message) {
        wrong.add(new Detail(prefix + name, message));
    }

    /** Whether the field is there, even as null. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    public boolean isPresent(String name) {
        return values.get(name) != null;
    }

    public boolean isText(String name) {
        return values.get(name) instanceof String;
    }

    /** A string of min to max characters, if there is one. */
    public @Nullable String optionalText(String name, int min, int max) {
        Object value = values.get(name);
        return value == null ? null : text(name, value, min, max);
    }

    public String text(String name, int min, int max) {
        Object value = values.get(name);
        return value == null ? missing(name, "") : text(name, value, min, max);
    }

    public @Nullable Long optionalInteger(String name, long min, long max) {
        Object value = values.get(name);
        return value == null ? null : Long.valueOf(integer(name, value, min, max));
    }

    public long integer(String name, long min, long max) {
        Object value = values.get(name);
        return value == null ? missing(name, min) : integer(name, value, min, max);
    }

    public @Nullable Boolean optionalFlag(String name) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        return value instanceof Boolean flag ? flag : wrong(name, "must be true or false", Boolean.FALSE);
    }

    /** One of several words, if there is one. */
    public <E> @Nullable E optionalWord(String name, Map<String, E> words) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String word && words.containsKey(word)) {
            return words.get(word);
        }
        refuse(
                name,
                "must be one of "
                        + String.join(", ", words.keySet().stream().sorted().toList()));
        return null;
    }

    /** Distinct strings of 1 to maxLength characters, in the order given. */
    public @Nullable List<String> optionalTexts(String name, int maxEntries, int maxLength) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> entries)) {
            return wrong(name, "must be an array of strings", List.of());
        }
        if (entries.size() > maxEntries) {
            return wrong(name, "must have at most " + maxEntries + " entries", List.of());
        }
        Set<String> texts = new LinkedHashSet<>();
        int index = 0;
        for (Object entry : entries) {
            String entryName = name + "[" + index++ + "]";
            texts.add(entry == null ? wrong(entryName, "must be a string", "") : text(entryName, entry, 1, maxLength));
        }
        return List.copyOf(texts);
    }

    /** The fields of a nested object; what is wrong there is told here. */
    public @Nullable Fields optionalObject(String name) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // the reader makes no other maps
            Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) value;
            return new Fields(object, prefix + name + ".", told, wrong);
        }
        return wrong(name, "must be an object", new Fields(Map.of(), prefix + name + ".", told, new ArrayList<>()));
    }

    /** An object as compact JSON of at most maxBytes. */
    public @Nullable String optionalJson(String name, int maxBytes) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?>)) {
            return wrong(name, "must be an object", "{}");
        }
        String fault = JsonRules.fault(value);
        if (fault != null) {
            return wrong(name, fault, "{}");
        }
        String json = Json.text(value);
        return Json.utf8Length(json) > maxBytes
                ? wrong(name, "must be at most " + maxBytes + " bytes of JSON", "{}")
                : json;
    }

    /** An amount above zero, if there is one. */
    public @Nullable Money optionalAmount(String name, Money max) {
        Object value = values.get(name);
        return value == null ? null : amount(name, value, max);
    }

    /** An amount above zero. */
    public Money amount(String name, Money max) {
        Object value = values.get(name);
        return value == null ? missing(name, max) : amount(name, value, max);
    }

    /** An amount of zero or more, if there is one. */
    public @Nullable Money optionalLimit(String name, Money max) {
        Object value = values.get(name);
        return value == null ? null : money(name, value, max);
    }

    /** An exact number in any of the forms that amounts have, if there is one. */
    public @Nullable BigDecimal optionalDecimal(String name) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        BigDecimal number = MoneyText.dollars(value);
        return number == null ? wrong(name, MoneyText.EXPECTED, BigDecimal.ZERO) : plain(number);
    }

    public @Nullable Instant optionalTime(String name) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && text.length() <= MAX_TIME_CHARACTERS) {
            try {
                Instant time = Instant.parse(text);
                if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST_TIME)) {
                    return time;
                }
            } catch (DateTimeParseException e) {
                return wrong(name, "must be an ISO-8601 time such as 2026-01-31T12:00:00Z", Instant.EPOCH);
            }
        }
        return wrong(name, "must be an ISO-8601 time such as 2026-01-31T12:00:00Z", Instant.EPOCH);
    }

    private String text(String name, Object value, int min, int max) {
        if (!(value instanceof String text)) {
            return wrong(name, "must be a string", "");
        }
        String fault = JsonRules.textFault(text);
        if (fault != null) {
            return wrong(name, fault, "");
        }
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max) {
            return wrong(
                    name,
                    min == 0
                            ? "must have at most %d characters".formatted(max)
                            : "must have %d to %d characters".formatted(min, max),
                    "");
        }
        return text;
    }

    private long integer(String name, Object value, long min, long max) {
        BigDecimal number = value instanceof NumberText text ? text.value() : null;
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return wrong(name, "must be an integer between " + min + " and " + max, min);
        }
        boolean within =
                number.compareTo(BigDecimal.valueOf(min)) >= 0 && number.compareTo(BigDecimal.valueOf(max)) <= 0;
        return within ? number.longValueExact() : wrong(name, "must be between " + min + " and " + max, min);
    }

    private Money amount(String name, Object value, Money max) {
        BigDecimal dollars = MoneyText.dollars(value);
        if (dollars == null) {
            return wrong(name, MoneyText.EXPECTED, max);
        }
        Money money = MoneyText.atMost(max, dollars);
        if (dollars.signum() <= 0 || (money != null && !money.isPositive())) {
            return wrong(name, "must be greater than 0", max);
        }
        return money == null ? wrong(name, "must be at most " + max, max) : money;
    }

    private Money money(String name, Object value, Money max) {
        BigDecimal dollars = MoneyText.dollars(value);
        if (dollars == null) {
            return wrong(name, MoneyText.EXPECTED, max);
        }
        if (dollars.signum() < 0) {
            return wrong(name, "must not be negative", max);
        }
        Money money = MoneyText.atMost(max, dollars);
        return money == null ? wrong(name, "must be at most " + max, max) : money;
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private <T> T missing(String name, T placeholder) {
        return wrong(name, "is required", placeholder);
    }

    private <T> T wrong(String name, String message, T placeholder) {
        refuse(name, message);
        return placeholder;
    }
}
