package dev.purser.domain.payout;

import static dev.purser.domain.MoneyFixture.NOON;
import static dev.purser.domain.MoneyFixture.ORGANIZATION;
import static dev.purser.domain.MoneyFixture.TEST_WALLET;
import static dev.purser.domain.MoneyFixture.dollars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.MoneyFixture;
import dev.purser.domain.PayoutId;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection;
import dev.purser.domain.Rejection.PayoutBelowMinimum;
import dev.purser.domain.Rejection.PayoutInFlight;
import dev.purser.domain.Rejection.PayoutNotInFlight;
import dev.purser.domain.Rejection.Unknown;
import dev.purser.domain.TopUpId;
import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.margin.MarginEvent.MarginReserved;
import dev.purser.domain.margin.MarginEvent.MarginRestored;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.payout.PayoutCommand.RequestPayout;
import dev.purser.domain.payout.PayoutEvent.PayoutFailed;
import dev.purser.domain.payout.PayoutEvent.PayoutPaid;
import dev.purser.domain.payout.PayoutEvent.PayoutRequested;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import java.math.BigDecimal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PayoutTest {
    private static final PayoutId FIRST = new PayoutId("pyt1");
    private static final PayoutId SECOND = new PayoutId("pyt2");
    private static final String ACCOUNT = "acct_1";

    private final MoneyFixture money = new MoneyFixture();

    @Test
    void reservesWholeCentsOfTheMargin() {
        earn("tup1", 11);
        PayoutView view = request(FIRST);

        assertThat(money.ledger.events())
                .containsExactlyInAnyOrder(
                        new MarginReserved(FIRST, dollars("2.2"), Money.ZERO),
                        new PayoutRequested(FIRST, ORGANIZATION, ACCOUNT, dollars("2.2"), false, NOON));
        assertThat(view.status()).isEqualTo(PayoutStatus.IN_FLIGHT);
    }

    @Test
    void leavesFractionsOfACentOnTheAccount() {
        earn("tup1", 10);
        earn("tup2", 12);

        PayoutView view = request(FIRST, new HoldBack(new BigDecimal("0.1"), 1));
        assertThat(view.amount()).isEqualTo(dollars("4.39"));
        assertThat(view.marginBalance()).isEqualTo(dollars("0.01"));
    }

    @Test
    void keepsTheHoldBackOnTheAccount() {
        earn("tup1", 25);
        PayoutView view = request(FIRST, new HoldBack(new BigDecimal("40"), 30));

        assertThat(view.amount()).isEqualTo(dollars("3"));
        assertThat(view.marginBalance()).isEqualTo(dollars("2"));
    }

    @Test
    void isRefusedBelowADollar() {
        assertRefused(() -> request(FIRST), new PayoutBelowMinimum(Money.ZERO));
        earn("tup1", 4);
        assertRefused(() -> request(FIRST), new PayoutBelowMinimum(dollars("0.8")));
        assertThat(money.ledger.events()).isEmpty();
        earn("tup2", 1);
        assertThat(request(FIRST).amount()).isEqualTo(dollars("1"));
    }

    @Test
    void isMadeOfLiveMarginOnly() {
        TopUpId id = new TopUpId("tup1");
        money.quote(id, TEST_WALLET, Mode.TEST, 25);
        money.ledger.send(new SettleTopUp(id, "pi_1", null, dollars("26.25"), "usd", Mode.TEST, NOON));

        assertRefused(() -> request(FIRST), new PayoutBelowMinimum(Money.ZERO));
    }

    @Test
    void isRefusedWhileAnotherIsInFlight() {
        earn("tup1", 25);
        request(FIRST);
        earn("tup2", 25);
        assertRefused(() -> request(SECOND), new PayoutInFlight(FIRST));
        money.ledger.send(new ConfirmPayout(FIRST, "tr_1"));

        assertThat(request(SECOND).amount()).isEqualTo(dollars("5"));
    }

    @Test
    void isPaidOnceWhateverIsHeardLater() {
        earn("tup1", 25);
        request(FIRST);
        PayoutView paid = money.ledger.send(new ConfirmPayout(FIRST, "tr_1"));
        assertThat(money.ledger.events()).containsExactly(new PayoutPaid("tr_1", dollars("5")));
        assertThat(paid.status()).isEqualTo(PayoutStatus.PAID);

        assertThat(money.ledger.send(new ConfirmPayout(FIRST, "tr_2"))).isEqualTo(paid);
        assertThat(request(FIRST)).isEqualTo(paid);
        assertThat(money.ledger.events()).isEmpty();
        assertRefused(() -> fail("account_closed"), new PayoutNotInFlight(FIRST));
    }

    @Test
    void isRestoredWhenItFails() {
        earn("tup1", 25);
        request(FIRST);
        PayoutView failed = fail("account_closed");

        assertThat(money.ledger.events())
                .containsExactlyInAnyOrder(
                        new PayoutFailed("account_closed", dollars("5"), false),
                        new MarginRestored(FIRST, dollars("5"), dollars("5")));
        assertThat(failed.marginBalance()).isEqualTo(dollars("5"));
        assertThat(fail("account_closed")).isEqualTo(failed);
        assertThat(money.ledger.events()).isEmpty();
        assertRefused(() -> money.ledger.send(new ConfirmPayout(FIRST, "tr_1")), new PayoutNotInFlight(FIRST));
    }

    @Test
    void isRestoredOnceWhenItsTransferIsReversed() {
        earn("tup1", 25);
        request(FIRST);
        money.ledger.send(new ConfirmPayout(FIRST, "tr_1"));
        fail(FailPayout.REVERSED);
        assertThat(money.ledger.events())
                .containsExactlyInAnyOrder(
                        new PayoutFailed(FailPayout.REVERSED, dollars("5"), true),
                        new MarginRestored(FIRST, dollars("5"), dollars("5")));
        fail(FailPayout.REVERSED);

        assertThat(money.ledger.events()).isEmpty();
    }

    @Test
    void leavesTheAccountNegativeWhenItsTopUpsAreRefundedAndIsRecoveredLater() {
        money.settled();
        request(FIRST);
        money.refund("26.25");
        earn("tup2", 25);
        assertRefused(() -> request(SECOND), new PayoutInFlight(FIRST));
        money.ledger.send(new ConfirmPayout(FIRST, "tr_1"));

        assertRefused(() -> request(SECOND), new PayoutBelowMinimum(Money.ZERO));
    }

    @Test
    void isRefusedIfItIsNotKnown() {
        assertRefused(() -> fail("account_closed"), new Unknown("payout"));
    }

    private void earn(String id, int dollars) {
        TopUpId topUp = new TopUpId(id);
        Money total = money.quote(topUp, dollars).quote().totalAmount();
        money.ledger.send(new SettleTopUp(topUp, "pi_" + id, null, total, "usd", Mode.LIVE, NOON));
    }

    private PayoutView request(PayoutId id) {
        return request(id, HoldBack.NONE);
    }

    private PayoutView request(PayoutId id, HoldBack holdBack) {
        return money.ledger.send(new RequestPayout(id, ORGANIZATION, ACCOUNT, holdBack, false, NOON));
    }

    private PayoutView fail(String reason) {
        return money.ledger.send(new FailPayout(FIRST, reason));
    }

    private static void assertRefused(ThrowingCallable request, Rejection rejection) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused -> assertThat(refused.rejection()).isEqualTo(rejection));
    }
}
