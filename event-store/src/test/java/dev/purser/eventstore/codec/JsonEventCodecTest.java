package dev.purser.eventstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonEventCodecTest {

    sealed interface Thing {
        record ThingMade(long nanos, Instant at, @Nullable String note) implements Thing {}

        record ThingBroken(String by) implements Thing {}
    }

    record ThingMadeBefore(long nanos) {}

    private static final EventTypes TYPES = EventTypes.builder()
            .add(ThingMadeBefore.class, "ThingMade", 1)
            .add(Thing.ThingMade.class, "ThingMade", 2)
            .add(Thing.ThingBroken.class)
            .build();

    private final JsonEventCodec codec = new JsonEventCodec(TYPES);

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void writesDeclaredOrderIsoTimesAndNoNulls() {
        EncodedEvent encoded =
                codec.encode(new Thing.ThingMade(1_000_000_000L, Instant.parse("2026-01-02T03:04:05.678901Z"), null));
        assertThat(encoded.type()).isEqualTo("ThingMade");
        assertThat(encoded.revision()).isEqualTo((short) 2);
        assertThat(new String(encoded.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"nanos\":1000000000,\"at\":\"2026-01-02T03:04:05.678901Z\"}");
    }

    @Test
    void readsWhatItWroteAndIgnoresWhatItDoesNotKnow() {
        Thing.ThingMade made = new Thing.ThingMade(5, Instant.parse("2026-01-02T03:04:05Z"), "ä");
        EncodedEvent encoded = codec.encode(made);
        assertThat(codec.decode(encoded.type(), encoded.revision(), encoded.payload()))
                .isEqualTo(made);
        assertThat(codec.decode("ThingBroken", (short) 1, json("{\"by\":\"anna\",\"since\":{\"version\":9}}")))
                .isEqualTo(new Thing.ThingBroken("anna"));
    }

    @Test
    void readsAnOldRevisionAsItsOwnClass() {
        assertThat(codec.decode("ThingMade", (short) 1, json("{\"nanos\":7}"))).isEqualTo(new ThingMadeBefore(7));
    }

    @Test
    void namesTheTypeThatNobodyRegistered() {
        assertThatThrownBy(() -> codec.decode("ThingLost", (short) 1, json("{}")))
                .isInstanceOf(UnknownEventType.class)
                .hasMessageContaining("ThingLost");
        assertThatThrownBy(() -> codec.decode("ThingBroken", (short) 2, json("{}")))
                .isInstanceOf(UnknownEventType.class);
        assertThatThrownBy(() -> codec.encode("text")).isInstanceOf(UnknownEventType.class);
    }

    @Test
    void keepsThePayloadOutOfItsErrors() {
        assertThatThrownBy(() -> codec.decode("ThingBroken", (short) 1, json("{\"by\":{\"secret\":1}}")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesTwoMeaningsOfOneNameAndTwoNamesOfOneClass() {
        EventTypes.Builder builder = EventTypes.builder().addAll(Thing.class);
        assertThatThrownBy(() -> builder.add(ThingMadeBefore.class, "ThingMade", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(Thing.ThingMade.class, "Other", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
