package dev.purser.domain.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.margin.MarginEvent.MarginAccountOpened;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldBackTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 20);
    private static final TopUpId TOP_UP = new TopUpId("tup1");
    private static final HoldBack WEEK = new HoldBack(new BigDecimal("25"), 7);

    @Test
    void holdsAShareOfWhatAccruedInTheLastDays() {
        Map<LocalDate, Money> accrued = Map.of(
                TODAY,
                Money.ofDollars(4),
                TODAY.minusDays(7),
                Money.ofDollars(8),
                TODAY.minusDays(8),
                Money.ofDollars(100));

        assertThat(WEEK.heldBack(accrued, TODAY)).isEqualTo(Money.ofDollars(3));
        assertThat(HoldBack.NONE.heldBack(accrued, TODAY)).isEqualTo(Money.ZERO);
    }

    @Test
    void roundsUpToTheNanoDollar() {
        assertThat(WEEK.heldBack(Map.of(TODAY, new Money(5)), TODAY)).isEqualTo(new Money(2));
    }

    @Test
    void isNeverNegative() {
        assertThat(WEEK.heldBack(Map.of(TODAY, Money.ofDollars(-4)), TODAY)).isEqualTo(Money.ZERO);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> new HoldBack(new BigDecimal("100.1"), 1)).hasMessageContaining("percent");
        assertThatThrownBy(() -> new HoldBack(new BigDecimal("-1"), 1)).hasMessageContaining("percent");
        assertThatThrownBy(() -> new HoldBack(BigDecimal.ONE, 366)).hasMessageContaining("days");
        assertThatThrownBy(() -> new HoldBack(BigDecimal.ONE, -1)).hasMessageContaining("days");
    }

    @Test
    void leavesTheRestOfAnAccountPayable() {
        MarginState account = account();
        account.evolve(account.accrue(TOP_UP, Money.ofDollars(10), TODAY.minusDays(30)));
        account.evolve(account.accrue(TOP_UP, Money.ofDollars(4), TODAY));
        assertThat(account.payable(WEEK, TODAY)).isEqualTo(Money.ofDollars(13));

        account.evolve(account.clawBack(TOP_UP, Money.ofDollars(4), TODAY));
        assertThat(account.payable(WEEK, TODAY))
                .as("what is gone is not held back")
                .isEqualTo(Money.ofDollars(10));

        account.evolve(account.clawBack(TOP_UP, Money.ofDollars(15), TODAY.minusDays(30)));
        assertThat(account.balance()).isEqualTo(Money.ofDollars(-5));
        assertThat(account.payable(WEEK, TODAY)).isEqualTo(Money.ZERO);
    }

    @Test
    void remembersTheDaysOfAYearOnly() {
        MarginState account = account();
        for (int day = 0; day < 1_000; day++) {
            account.evolve(account.accrue(TOP_UP, Money.ofDollars(1), TODAY.plusDays(day)));
        }
        account.evolve(account.clawBack(TOP_UP, Money.ofDollars(1), TODAY));

        LocalDate last = TODAY.plusDays(999);
        assertThat(account.snapshot().accrued()).hasSize(366);
        assertThat(account.snapshot().accrued().firstKey()).isEqualTo(last.minusDays(365));
        assertThat(new MarginState(account.snapshot()).snapshot()).isEqualTo(account.snapshot());
    }

    private static MarginState account() {
        return new MarginState(new MarginAccountOpened(new OrganizationId("org1"), Mode.LIVE));
    }
}
