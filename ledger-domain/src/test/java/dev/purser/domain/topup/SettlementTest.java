package dev.purser.domain.topup;

import static dev.purser.domain.MoneyFixture.NOON;
import static dev.purser.domain.MoneyFixture.dollars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Money;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlementTest {
    /** 10 dollars and 0.5 of fee at 20 % markup. */
    private static final Settlement SETTLEMENT = new Settlement(new TopUpSettled(
            "pi_1",
            null,
            dollars("10.5"),
            dollars("0.5"),
            dollars("8.333333"),
            dollars("0.833333"),
            dollars("1.666667"),
            List.of(),
            NOON));

    @Test
    void roundsHalfUpToTheNanoDollarAndLeavesTheRestToTheNet() {
        Share cent = SETTLEMENT.share(Share.NONE, dollars("0.01"));

        assertThat(cent.platformFee()).hasToString("0.00047619");
        assertThat(cent.margin()).hasToString("0.001587302");
        assertThat(cent.bonus()).hasToString("0.00079365");
        assertThat(cent.net()).hasToString("0.007936508");
    }

    @Test
    void roundsTheSumAndNotTheParts() {
        Share first = SETTLEMENT.share(Share.NONE, dollars("0.01"));
        Share second = SETTLEMENT.share(first, dollars("0.01"));

        assertThat(second.platformFee()).as("0.000952381 in all").hasToString("0.000476191");
        assertThat(first.plus(second)).isEqualTo(SETTLEMENT.share(Share.NONE, dollars("0.02")));
    }

    @Test
    void takesWhateverIsLeftInTheEnd() {
        Share most = SETTLEMENT.share(Share.NONE, dollars("10.49"));
        Share all = most.plus(SETTLEMENT.share(most, dollars("0.01")));

        assertThat(all)
                .isEqualTo(new Share(
                        dollars("10.5"),
                        dollars("0.5"),
                        dollars("8.333333"),
                        dollars("0.833333"),
                        dollars("1.666667")));
        assertThat(SETTLEMENT.room(all)).isEqualTo(Money.ZERO);
    }

    @Test
    void aShareIsMadeOfItsParts() {
        assertThatThrownBy(() -> new Share(new Money(4), new Money(1), new Money(1), new Money(9), new Money(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
