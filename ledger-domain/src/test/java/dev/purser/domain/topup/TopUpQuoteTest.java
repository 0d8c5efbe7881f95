package dev.purser.domain.topup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopUpQuoteTest {
    private static final BigDecimal FEE = new BigDecimal("5");

    /** The first four are the contract's. */
    @ParameterizedTest
    @CsvSource({
        "10, 0, 0, 10.5, 10, 0, 0",
        "25, 25, 0, 26.25, 20, 5, 0",
        "10, 20, 0, 10.5, 8.333333, 1.666667, 0",
        "10, 0, 50, 10.5, 10, 0, 5",
        "10, 100, 1000, 10.5, 5, 5, 50",
        "5000, 33.3333, 0, 5250, 3750.000938, 1249.999062, 0",
        "11, 7, 3, 11.55, 10.280374, 0.719626, 0.308411",
    })
    void isExactToTheDigit(
            int amount, String markup, String bonus, String total, String net, String margin, String bonusCredited) {
        TopUpQuote quote = quote(amount, markup, bonus, FEE, Mode.LIVE);

        assertThat(quote.totalAmount()).hasToString(total);
        assertThat(quote.netCredited()).hasToString(net);
        assertThat(quote.developerMargin()).hasToString(margin);
        assertThat(quote.bonusCredited()).hasToString(bonusCredited);
        assertThat(quote.platformFee().plus(quote.netCredited()).plus(quote.developerMargin()))
                .isEqualTo(quote.totalAmount());
    }

    @Test
    void roundsTheFeeHalfUpToTheCent() {
        assertThat(quote(10, "0", "0", new BigDecimal("2.85"), Mode.LIVE).platformFee())
                .hasToString("0.29");
        assertThat(quote(10, "0", "0", new BigDecimal("2.84"), Mode.LIVE).platformFee())
                .hasToString("0.28");
        assertThat(quote(10, "0", "0", BigDecimal.ZERO, Mode.LIVE).totalAmount())
                .hasToString("10");
    }

    @Test
    void givesNoBonusInTestMode() {
        assertThat(quote(10, "0", "50", FEE, Mode.TEST).bonusCredited()).isEqualTo(Money.ZERO);
    }

    @Test
    void isTheSameHoweverItsPercentagesAreWritten() {
        assertThat(quote(10, "20.00", "5.0", new BigDecimal("5.000"), Mode.LIVE))
                .isEqualTo(quote(10, "20", "5", FEE, Mode.LIVE));
    }

    private static TopUpQuote quote(int amount, String markup, String bonus, BigDecimal fee, Mode mode) {
        return TopUpQuote.of(Money.ofDollars(amount), new BigDecimal(markup), new BigDecimal(bonus), fee, mode);
    }
}
