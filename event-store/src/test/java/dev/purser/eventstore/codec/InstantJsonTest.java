package dev.purser.eventstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class InstantJsonTest {
    private static final long FIRST = Instant.parse("-0002-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("+10001-12-31T23:59:59Z").getEpochSecond();

    @Test
    void isTheFormOfJavaTimeBothWays() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            int grain = new int[] {1, 1_000, 1_000_000, 1_000_000_000}[random.nextInt(4)];
            int nanos = random.nextInt(1_000_000_000) / grain * grain;
            Instant instant = Instant.ofEpochSecond(random.nextLong(FIRST, LAST), nanos);

            assertThat(InstantJson.format(instant)).as("seed %d", seed).isEqualTo(instant.toString());
            assertThat(InstantJson.parse(instant.toString()))
                    .as("seed %d", seed)
                    .isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24T13:00:00.1Z",
                "2026-11-24T13:00:00.000000010Z",
                "2026-11-24T13:00:00.Z",
                "2026-11-24T24:00:00Z",
                "2026-11-24T13:00:00+02:00",
                "2016-12-31T23:59:60Z",
                "2024-02-29T00:00:00Z",
                "-1000000000-01-01T00:00:00Z"
            })
    void readsWhatJavaTimeReads(String text) {
        assertThat(InstantJson.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-24",
                "2026-11-24T13:00:00",
                "2026-13-24T13:00:00Z",
                "2026-02-29T13:00:00Z",
                "2026-11-24T25:00:00Z",
                "2026-11-24T13:61:00Z",
                "2026-11-24T13:00:00.1234567890Z",
                "2026-11-24T13:00:00,1Z",
                "2026-1a-24T13:00:00Z",
                "2026-11-24T13:00:0\u0661Z"
            })
    void refusesWhatJavaTimeRefuses(String text) {
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> InstantJson.parse(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> JsonEventCodec.mapper().readValue('"' + text + '"', Instant.class))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void refusesANumber() {
        assertThatThrownBy(() -> JsonEventCodec.mapper().readValue("1795000000", Instant.class))
                .isInstanceOf(JacksonException.class);
    }
}
