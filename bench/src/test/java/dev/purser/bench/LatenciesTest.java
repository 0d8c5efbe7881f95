package dev.purser.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void percentilesAreThoseOfAllRecordersTogether() {
        Latencies.Recorder odd = new Latencies.Recorder();
        Latencies.Recorder even = new Latencies.Recorder();
        for (int millis = 10_000; millis > 0; millis--) {
            (millis % 2 == 0 ? even : odd).record(millis * 1_000_000L);
        }

        Latencies latencies = Latencies.of(List.of(odd, even));

        assertThat(latencies.count()).isEqualTo(10_000);
        assertThat(latencies.percentileMillis(50)).isEqualTo(5_000);
        assertThat(latencies.percentileMillis(99)).isEqualTo(9_900);
        assertThat(latencies.percentileMillis(100)).isEqualTo(10_000);
    }

    @Test
    void nothingMeasuredHasNoPercentile() {
        assertThatThrownBy(() -> Latencies.of(List.of()).percentileMillis(50)).hasMessage("nothing was measured");
    }
}
