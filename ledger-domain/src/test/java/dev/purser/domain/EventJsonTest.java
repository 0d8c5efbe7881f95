package dev.purser.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.pricing.Usage;
import dev.purser.domain.topup.Share;
import dev.purser.domain.wallet.FreezeReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Stored JSON is a contract: an approved line per event, full, and the least: optional fields absent, numbers zero. */
class EventJsonTest {
    private static final String APPROVED = "/events.approved.json";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @Test
    void everyEventKeepsItsStoredForm() {
        Map<String, Object> actual = new TreeMap<>();
        for (Class<?> type : LedgerEvents.types()) {
            actual.put(type.getSimpleName(), tree(sample(type, true)));
            actual.put(type.getSimpleName() + " (least)", tree(sample(type, false)));
        }
        assertThat(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(actual))
                .isEqualTo(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(approved()));
    }

    @Test
    void everyEventIsReadBackAsItWasWritten() {
        for (Class<?> type : LedgerEvents.types()) {
            for (boolean full : new boolean[] {true, false}) {
                Object event = sample(type, full);
                assertThat((Object) MAPPER.readValue(MAPPER.writeValueAsBytes(event), type))
                        .isEqualTo(event);
            }
        }
    }

    @Test
    void usageLeavesOutWhatIsZeroAndIsReadBack() {
        assertThat(MAPPER.writeValueAsString(Usage.ofTokens(0, 0))).isEqualTo("{}");
        assertThat(MAPPER.readValue("{}", Usage.class)).isEqualTo(Usage.ofTokens(0, 0));
        assertThat(MAPPER.writeValueAsString(Usage.ofTokens(3, 2)))
                .isEqualTo("{\"promptTokens\":3,\"completionTokens\":2}");
        assertThat(MAPPER.readValue("{\"promptTokens\":3,\"completionTokens\":2}", Usage.class))
                .isEqualTo(Usage.ofTokens(3, 2));
    }

    private static Object tree(Object event) {
        return MAPPER.readValue(MAPPER.writeValueAsBytes(event), Object.class);
    }

    @Test
    void theDictionaryOfStoredTextsOnlyGrowsAtItsEnd() throws NoSuchAlgorithmException {
        String first = String.join("\n", LedgerEvents.payloadDictionary().subList(0, 119));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(first.getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("a0b0fdca692007c5967698d00dc10d8b4dff4560643d6801aa870171ea4c22c9");
        assertThat(LedgerEvents.payloadDictionary().get(119)).isEqualTo(",\"held\":");
    }

    private static Map<String, Object> approved() {
        try (InputStream in = EventJsonTest.class.getResourceAsStream(APPROVED)) {
            return in == null
                    ? Map.of()
                    : new TreeMap<>(MAPPER.readValue(in, new TypeReference<Map<String, Object>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object sample(Class<?> type, boolean full) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            boolean absent = !full && components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            values[i] = absent ? null : value(components[i].getName(), components[i].getGenericType(), full);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no sample of " + type, e);
        }
    }

    private static Object value(String name, Type type, boolean full) {
        if (type instanceof ParameterizedType list) {
            List<Object> one = new ArrayList<>();
            one.add(value(name, list.getActualTypeArguments()[0], full));
            return one;
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return switch (name) {
                case "allowedOrigins" -> "https://app.example.com";
                case "supportEmail" -> "help@example.com";
                case "statementDescriptorSuffix" -> "ACME CHAT 1";
                default -> name + "Text1";
            };
        }
        if (raw == int.class) {
            return !full && !name.equals("defaultMaxTokens") ? 0 : name.equals("ttlSeconds") ? 900 : 7;
        }
        if (raw == long.class) {
            return !full ? 0L : name.equals("cachedPromptTokens") ? 3L : 1_234L;
        }
        if (raw == boolean.class) {
            return true;
        }
        if (raw == Fingerprint.class) {
            return new Fingerprint("ab".repeat(32));
        }
        if (raw == BigDecimal.class) {
            return new BigDecimal("2.50");
        }
        if (raw == FreezeReason.class) {
            return full ? FreezeReason.ofDispute("dp_1") : FreezeReason.BACKEND;
        }
        if (raw == Share.class) {
            return full ? share() : Share.NONE;
        }
        if (raw == Instant.class) {
            return Instant.parse("2026-03-01T12:00:00.123456Z");
        }
        if (raw == LocalDate.class) {
            return LocalDate.of(2026, 3, 1);
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        }
        if (raw.getSimpleName().endsWith("Id")) {
            return single(raw, name.substring(0, 1) + "1");
        }
        return sample(raw, full);
    }

    private static Share share() {
        return new Share(new Money(1_050), new Money(50), new Money(800), new Money(80), new Money(200));
    }

    private static Object single(Class<?> type, String value) {
        try {
            return type.getDeclaredConstructor(String.class).newInstance(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no id of " + type, e);
        }
    }
}
