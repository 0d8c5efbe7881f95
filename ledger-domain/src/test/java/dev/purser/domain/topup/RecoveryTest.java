package dev.purser.domain.topup;

import static dev.purser.domain.MoneyFixture.NOON;
import static dev.purser.domain.MoneyFixture.TOP_UP;
import static dev.purser.domain.MoneyFixture.WALLET;
import static dev.purser.domain.MoneyFixture.dollars;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.MoneyFixture;
import dev.purser.domain.TopUpId;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletEvent.CreditReinstated;
import dev.purser.domain.wallet.WalletEvent.CreditReversed;
import dev.purser.domain.wallet.WalletEvent.HoldExpired;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.LossRecovered;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A refund or dispute comes while calls hold the money. */
class RecoveryTest {
    private static final TopUpId SECOND = new TopUpId("tup2");

    private final MoneyFixture money = new MoneyFixture();

    /** 20 were credited, of which 8 are spent and 7 held. */
    private void refundedWhileHeld() {
        money.settled();
        money.spend("dbt1", "8");
        money.hold("req1", "7");
        money.refund("26.25");
        assertThat(money.ledger.events())
                .contains(new CreditReversed(TOP_UP, CreditKind.TOPUP, dollars("20"), dollars("5"), dollars("7")));
    }

    @Test
    void whatIsReleasedGoesBackAfterAllAndWhatWasSpentStaysALoss() {
        refundedWhileHeld();
        assertThat(money.wallet().claims()).containsOnly(Map.entry(TOP_UP, dollars("7")));
        release("req1");

        assertThat(money.ledger.events())
                .containsExactly(
                        new HoldReleased(new HoldId("req1"), dollars("7")),
                        new LossRecovered(TOP_UP, dollars("7"), dollars("0")));
        assertThat(money.wallet().claims()).isEmpty();
    }

    @Test
    void whatExpiresGoesBackToo() {
        refundedWhileHeld();
        money.ledger.send(new ExpireHold(WALLET, new HoldId("req1"), NOON.plusSeconds(600)));

        assertThat(money.ledger.events())
                .containsExactly(
                        new HoldExpired(new HoldId("req1"), dollars("7")),
                        new LossRecovered(TOP_UP, dollars("7"), dollars("0")));
    }

    @Test
    void whatTheCallCostsIsALossForGood() {
        refundedWhileHeld();
        capture("req1", "3");
        assertThat(money.ledger.events()).contains(new LossRecovered(TOP_UP, dollars("4"), dollars("0")));

        topUpAgain();
        money.hold("req2", "6");
        release("req2");
        assertThat(money.ledger.events()).as("new money owes nothing").noneMatch(LossRecovered.class::isInstance);
        assertThat(money.wallet().balance()).isEqualTo(dollars("20"));
    }

    @Test
    void moneyThatComesMeanwhileIsNotTaken() {
        refundedWhileHeld();
        topUpAgain();
        assertThat(money.wallet().balance()).isEqualTo(dollars("27"));
        capture("req1", "7");

        assertThat(money.ledger.events()).noneMatch(LossRecovered.class::isInstance);
        assertThat(money.wallet().balance()).isEqualTo(dollars("20"));
        assertThat(money.wallet().claims()).isEmpty();
    }

    @Test
    void theOldestReversalIsServedFirst() {
        money.settled();
        topUpAgain();
        money.hold("req1", "25");
        money.hold("req2", "15");
        money.ledger.send(new RefundTopUp(SECOND, "pi_2", Mode.LIVE, dollars("26.25")));
        money.refund("26.25");
        release("req1");

        assertThat(money.ledger.events())
                .containsExactly(
                        new HoldReleased(new HoldId("req1"), dollars("25")),
                        new LossRecovered(SECOND, dollars("20"), dollars("20")),
                        new LossRecovered(TOP_UP, dollars("5"), dollars("15")));
        capture("req2", "15");
        assertThat(money.wallet().claims()).isEmpty();
    }

    @Test
    void aWonDisputeGivesBackWhatWasRecoveredSince() {
        money.settled();
        money.spend("dbt1", "8");
        money.hold("req1", "7");
        money.dispute("dp_1", "26.25");
        capture("req1", "3");
        money.resolve("dp_1", true);

        assertThat(money.ledger.events())
                .contains(new CreditReinstated(
                        TOP_UP, CreditKind.TOPUP, dollars("9"), dollars("11"), dollars("9"), dollars("4")));
        assertThat(money.wallet().recovered()).isEmpty();
    }

    @Test
    void aWonDisputeOwesNothingAnyMore() {
        money.settled();
        money.hold("req1", "7");
        money.dispute("dp_1", "26.25");
        money.resolve("dp_1", true);
        assertThat(money.ledger.events())
                .contains(new CreditReinstated(
                        TOP_UP, CreditKind.TOPUP, dollars("13"), dollars("7"), dollars("20"), null));
        release("req1");

        assertThat(money.ledger.events()).containsExactly(new HoldReleased(new HoldId("req1"), dollars("7")));
        assertThat(money.wallet().balance()).isEqualTo(dollars("20"));
    }

    private void topUpAgain() {
        money.quote(SECOND, 25);
        money.ledger.send(new SettleTopUp(SECOND, "pi_2", "ch_2", dollars("26.25"), "usd", Mode.LIVE, NOON));
    }

    private void release(String hold) {
        money.ledger.send(new ReleaseHold(WALLET, new HoldId(hold), HoldOrigin.GATEWAY));
    }

    private void capture(String hold, String cost) {
        money.ledger.send(new CaptureHold(WALLET, new HoldId(hold), HoldOrigin.GATEWAY, dollars(cost), null, NOON));
    }
}
