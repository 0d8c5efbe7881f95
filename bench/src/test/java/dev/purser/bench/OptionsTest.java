package dev.purser.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void withoutNumbersEveryFigureIsMeasured() {
        assertThat(Options.parse().figures()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(Options.parse().quick()).isFalse();
    }

    @Test
    void numbersChooseFigures() {
        Options options = Options.parse("5", "--quick", "1");

        assertThat(options.figures()).containsExactly(1, 5);
        assertThat(options.quick()).isTrue();
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThatThrownBy(() -> Options.parse("8"))
                .hasMessageContaining("\"8\"")
                .hasMessageContaining(Options.USAGE);
    }
}
