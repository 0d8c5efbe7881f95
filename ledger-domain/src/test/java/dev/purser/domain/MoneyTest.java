package dev.purser.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void printsPlainDecimalsWithoutTrailingZeros() {
        assertThat(Money.ZERO).hasToString("0");
        assertThat(Money.ofDollars(15)).hasToString("15");
        assertThat(new Money(8_333_333_000L)).hasToString("8.333333");
        assertThat(new Money(-1)).hasToString("-0.000000001");
        assertThat(Money.ofDollars(1_000_000_000)).hasToString("1000000000");
    }

    @Test
    void roundsHalfEvenToTheNanoDollar() {
        assertThat(Money.of(new BigDecimal("0.1000000000000000055511151231257827")))
                .isEqualTo(new Money(100_000_000));
        assertThat(Money.of(new BigDecimal("0.0000000005"))).isEqualTo(Money.ZERO);
        assertThat(Money.of(new BigDecimal("0.0000000015"))).isEqualTo(new Money(2));
    }

    @Test
    void refusesToOverflow() {
        Money most = new Money(Long.MAX_VALUE);
        assertThatThrownBy(() -> most.plus(new Money(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(Long.MIN_VALUE).negated()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of(new BigDecimal("1e11"))).isInstanceOf(ArithmeticException.class);
    }
}
