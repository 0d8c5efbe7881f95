package dev.purser.projection.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.WalletId;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalletQueriesTest {
    private static final Money ONE = Money.ofDollars(1);

    private final TestLedger ledger = TestLedger.start();
    private final WalletQueries queries = new WalletQueries(ledger.database.dataSource());
    private Enrolled customer = ledger.enrol(ledger.tenant(), "first");

    @BeforeEach
    void aCustomerOfItsOwn() {
        customer = ledger.enrol(ledger.tenant(), "a");
    }

    @AfterAll
    void stop() {
        ledger.close();
    }

    @Test
    void aNewWalletIsEmpty() {
        WalletBalance balance = balance();

        assertThat(balance.balance()).isEqualTo(Money.ZERO);
        assertThat(balance.held()).isEqualTo(Money.ZERO);
        assertThat(balance.frozen()).isFalse();
        assertThat(balance.customerId()).isEqualTo(customer.customer());
        assertThat(balance.projectId()).isEqualTo(customer.tenant().project());
        assertThat(balance.mode()).isEqualTo(customer.tenant().mode());
    }

    @Test
    void anUnknownWalletIsEmpty() {
        assertThat(queries.balance(new WalletId("walNobody"))).isEmpty();
        assertThat(queries.lifetimeSpend(new WalletId("walNobody"))).isEqualTo(Money.ZERO);
    }

    @Test
    void aHoldLowersWhatIsAvailableUntilItIsClosed() {
        ledger.credit(customer.wallet(), 10);
        HoldId captured = ledger.gatewayHold(customer, Money.ofDollars(3));
        HoldId released = ledger.gatewayHold(customer, Money.ofDollars(2));
        assertThat(balance().held()).isEqualTo(Money.ofDollars(5));
        assertThat(balance().available()).isEqualTo(Money.ofDollars(5));

        ledger.send(new ReleaseHold(customer.wallet(), released, HoldOrigin.GATEWAY));
        ledger.capture(customer, captured, HoldOrigin.GATEWAY, ONE);

        assertThat(balance().held()).isEqualTo(Money.ZERO);
        assertThat(balance().balance()).isEqualTo(Money.ofDollars(9));
        assertThat(queries.lifetimeSpend(customer.wallet())).isEqualTo(ONE);
    }

    @Test
    void theBillOfAnExpiredHoldFreesNothingASecondTime() {
        ledger.credit(customer.wallet(), 10);
        HoldId late = ledger.gatewayHold(customer, Money.ofDollars(3));
        ledger.gatewayHold(customer, Money.ofDollars(2));
        ledger.send(new ExpireHold(customer.wallet(), late, Instant.now().plusSeconds(3_600)));
        ledger.capture(customer, late, HoldOrigin.GATEWAY, ONE);

        assertThat(balance().held()).isEqualTo(Money.ofDollars(2));
        assertThat(balance().balance()).isEqualTo(Money.ofDollars(9));
    }

    @Test
    void aWalletIsFrozenUntilTheLastReasonIsGone() {
        ledger.send(new FreezeWallet(customer.wallet(), FreezeReason.BACKEND));
        ledger.send(new FreezeWallet(customer.wallet(), FreezeReason.OPERATOR));
        ledger.send(new UnfreezeWallet(customer.wallet(), FreezeReason.OPERATOR));
        assertThat(balance().frozen()).isTrue();

        ledger.send(new UnfreezeWallet(customer.wallet(), FreezeReason.BACKEND));

        assertThat(balance().frozen()).isFalse();
    }

    @Test
    void everyPastPositionShowsWhatTheWalletHadThen() {
        List<WalletBalance> then = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        List<HoldId> holds = new ArrayList<>();
        List<Runnable> steps = List.of(
                () -> ledger.credit(customer.wallet(), CreditKind.TOPUP, Money.ofDollars(10), null),
                () -> holds.add(ledger.gatewayHold(customer, Money.ofDollars(3))),
                () -> holds.add(ledger.hold(
                        customer,
                        HoldOrigin.BACKEND,
                        Money.ofDollars(2),
                        Instant.now().plusSeconds(60))),
                () -> ledger.send(new FreezeWallet(customer.wallet(), FreezeReason.BACKEND)),
                () -> ledger.capture(customer, holds.getFirst(), HoldOrigin.GATEWAY, ONE),
                () -> ledger.send(new UnfreezeWallet(customer.wallet(), FreezeReason.BACKEND)),
                () -> ledger.capture(customer, holds.getLast(), HoldOrigin.BACKEND, ONE),
                () -> ledger.call(customer, ONE, Money.ZERO));
        for (Runnable step : steps) {
            step.run();
            then.add(balance());
            positions.add(ledger.engine.log().head());
        }

        for (int i = 0; i < steps.size(); i++) {
            assertThat(queries.balanceAt(customer.wallet(), positions.get(i)))
                    .as("after step %d", i + 1)
                    .contains(then.get(i));
        }
        assertThat(then).extracting(WalletBalance::held).contains(Money.ofDollars(5), Money.ofDollars(2), Money.ZERO);
        assertThat(then).extracting(WalletBalance::frozen).contains(true, false);
    }

    @Test
    void beforeItWasOpenedThereIsNoWallet() {
        long before = ledger.engine.log().head();
        Enrolled later = ledger.enrol(customer.tenant(), "later");
        ledger.settle();

        assertThat(queries.balanceAt(later.wallet(), before)).isEmpty();
        assertThat(queries.balanceAt(later.wallet(), ledger.engine.log().head()))
                .isPresent();
        assertThat(queries.balanceAt(later.wallet(), 0)).isEmpty();
    }

    @Test
    void overdueAreOpenHoldsOfBothOriginsThatNobodyRenewed() {
        ledger.credit(customer.wallet(), 10);
        Instant soon = Instant.now().plusSeconds(1);
        HoldId gateway = ledger.hold(customer, HoldOrigin.GATEWAY, ONE, soon);
        HoldId backend = ledger.hold(customer, HoldOrigin.BACKEND, ONE, soon.plusMillis(1));
        HoldId renewed = ledger.hold(customer, HoldOrigin.GATEWAY, ONE, soon);
        HoldId closed = ledger.hold(customer, HoldOrigin.GATEWAY, ONE, soon);
        ledger.send(new RenewHold(customer.wallet(), renewed, soon.plusSeconds(60), Money.ZERO, null));
        ledger.capture(customer, closed, HoldOrigin.GATEWAY, ONE);
        ledger.settle();

        assertThat(queries.overdue(soon.minusSeconds(1), 100)).isEmpty();
        assertThat(queries.overdue(soon.plusSeconds(2), 100))
                .containsExactly(
                        new OverdueHold(customer.wallet(), gateway), new OverdueHold(customer.wallet(), backend));
        assertThat(queries.overdue(soon.plusSeconds(2), 1)).hasSize(1);
    }

    private WalletBalance balance() {
        ledger.settle();
        return queries.balance(customer.wallet()).orElseThrow();
    }
}
