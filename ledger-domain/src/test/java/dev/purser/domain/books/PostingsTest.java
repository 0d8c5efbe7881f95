package dev.purser.domain.books;

import static dev.purser.domain.MoneyFixture.NOON;
import static dev.purser.domain.MoneyFixture.TOP_UP;
import static dev.purser.domain.MoneyFixture.dollars;
import static dev.purser.domain.books.AccountKind.GRANTS;
import static dev.purser.domain.books.AccountKind.LOSS_REFUNDS;
import static dev.purser.domain.books.AccountKind.LOSS_UNDERESTIMATE;
import static dev.purser.domain.books.AccountKind.MARGIN;
import static dev.purser.domain.books.AccountKind.PAYOUTS_IN_FLIGHT;
import static dev.purser.domain.books.AccountKind.PLATFORM_FEES;
import static dev.purser.domain.books.AccountKind.REVENUE_USAGE;
import static dev.purser.domain.books.AccountKind.STRIPE_CLEARING;
import static dev.purser.domain.books.AccountKind.TOPUPS_SETTLING;
import static dev.purser.domain.books.AccountKind.WALLET;
import static dev.purser.domain.books.AccountKind.WALLET_HELD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.PayoutId;
import dev.purser.domain.margin.MarginEvent.MarginAccrued;
import dev.purser.domain.margin.MarginEvent.MarginClawedBack;
import dev.purser.domain.margin.MarginEvent.MarginReserved;
import dev.purser.domain.margin.MarginEvent.MarginRestored;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsGranted;
import dev.purser.domain.payout.PayoutEvent.PayoutFailed;
import dev.purser.domain.payout.PayoutEvent.PayoutPaid;
import dev.purser.domain.topup.Share;
import dev.purser.domain.topup.Taken;
import dev.purser.domain.topup.TopUpEvent.DisputeResolved;
import dev.purser.domain.topup.TopUpEvent.TopUpDisputed;
import dev.purser.domain.topup.TopUpEvent.TopUpRefunded;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletEvent.CreditReinstated;
import dev.purser.domain.wallet.WalletEvent.CreditReversed;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldExpired;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.LossRecovered;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PostingsTest {
    private static final Money ANY = dollars("999");
    private static final HoldId HOLD = new HoldId("req1");
    private static final PayoutId PAYOUT = new PayoutId("pyt1");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Share SHARE =
            new Share(dollars("26.25"), dollars("1.25"), dollars("20"), dollars("2"), dollars("5"));
    private static final Taken TAKEN = new Taken(dollars("15"), dollars("0"));

    @Test
    void ofASettlementMeetBetweenTheStreams() {
        assertPostings(
                new TopUpSettled(
                        "pi_1",
                        null,
                        dollars("26.25"),
                        dollars("1.25"),
                        dollars("20"),
                        ANY,
                        dollars("5"),
                        List.of(),
                        NOON),
                debit(STRIPE_CLEARING, "26.25"),
                credit(PLATFORM_FEES, "1.25"),
                credit(TOPUPS_SETTLING, "25"));
        assertPostings(credited(CreditKind.TOPUP), debit(TOPUPS_SETTLING, "20"), credit(WALLET, "20"));
        assertPostings(
                new MarginAccrued(TOP_UP, dollars("5"), ANY, DAY), debit(TOPUPS_SETTLING, "5"), credit(MARGIN, "5"));
    }

    @Test
    void ofGiftsAreGrants() {
        assertPostings(credited(CreditKind.BONUS), debit(GRANTS, "20"), credit(WALLET, "20"));
        assertPostings(credited(CreditKind.ADJUSTMENT), debit(GRANTS, "20"), credit(WALLET, "20"));
        assertPostings(new PromotionalCreditsGranted(dollars("20"), null));
    }

    @Test
    void ofHoldsStayWithTheWallet() {
        assertPostings(
                new CreditsHeld(HOLD, dollars("3"), HoldOrigin.GATEWAY, null, null, null, NOON),
                debit(WALLET, "3"),
                credit(WALLET_HELD, "3"));
        assertPostings(new HoldReleased(HOLD, dollars("3")), debit(WALLET_HELD, "3"), credit(WALLET, "3"));
        assertPostings(new HoldExpired(HOLD, dollars("3")), debit(WALLET_HELD, "3"), credit(WALLET, "3"));
    }

    @Test
    void ofABillFreeTheHoldAndShowTheLoss() {
        assertPostings(
                bill("2", "2", dollars("3")), debit(WALLET_HELD, "3"), credit(WALLET, "1"), credit(REVENUE_USAGE, "2"));
        assertPostings(
                bill("5", "4", dollars("3")),
                debit(WALLET_HELD, "3"),
                debit(WALLET, "1"),
                debit(LOSS_UNDERESTIMATE, "1"),
                credit(REVENUE_USAGE, "5"));
        assertPostings(bill("2", "2", null), debit(WALLET, "2"), credit(REVENUE_USAGE, "2"));
        assertPostings(bill("0", "0", Money.ZERO));
    }

    @Test
    void ofMoneyThatGoesBackAreTheMirrorOfTheSettlement() {
        Posting[] returned = {
            credit(STRIPE_CLEARING, "26.25"), debit(PLATFORM_FEES, "1.25"), debit(TOPUPS_SETTLING, "25")
        };
        assertPostings(new TopUpRefunded(ANY, SHARE, TAKEN), returned);
        assertPostings(new TopUpDisputed("dp_1", ANY, SHARE, TAKEN), returned);
        assertPostings(
                new CreditReversed(TOP_UP, CreditKind.TOPUP, dollars("20"), dollars("15"), ANY),
                debit(WALLET, "15"),
                debit(LOSS_REFUNDS, "5"),
                credit(TOPUPS_SETTLING, "20"));
        assertPostings(
                new CreditReversed(TOP_UP, CreditKind.BONUS, dollars("2"), dollars("0.5"), ANY),
                debit(WALLET, "0.5"),
                credit(GRANTS, "0.5"));
        assertPostings(
                new MarginClawedBack(TOP_UP, dollars("5"), ANY, DAY), debit(MARGIN, "5"), credit(TOPUPS_SETTLING, "5"));
    }

    @Test
    void ofAWonDisputeAreTheMirrorOfTheDispute() {
        assertPostings(
                new DisputeResolved("dp_1", true, SHARE, TAKEN),
                debit(STRIPE_CLEARING, "26.25"),
                credit(PLATFORM_FEES, "1.25"),
                credit(TOPUPS_SETTLING, "25"));
        assertPostings(
                new CreditReinstated(TOP_UP, CreditKind.TOPUP, dollars("15"), dollars("5"), ANY, null),
                debit(TOPUPS_SETTLING, "20"),
                credit(WALLET, "15"),
                credit(LOSS_REFUNDS, "5"));
        assertPostings(
                new CreditReinstated(TOP_UP, CreditKind.BONUS, dollars("2"), dollars("0"), ANY, null),
                debit(GRANTS, "2"),
                credit(WALLET, "2"));
        assertPostings(new LossRecovered(TOP_UP, dollars("3"), ANY), debit(WALLET, "3"), credit(LOSS_REFUNDS, "3"));
        assertPostings(new DisputeResolved("dp_1", false, Share.NONE, Taken.NOTHING));
    }

    @Test
    void ofAPayoutGoThroughTheOneInFlight() {
        assertPostings(
                new MarginReserved(PAYOUT, dollars("5"), ANY), debit(MARGIN, "5"), credit(PAYOUTS_IN_FLIGHT, "5"));
        assertPostings(
                new MarginRestored(PAYOUT, dollars("5"), ANY), debit(PAYOUTS_IN_FLIGHT, "5"), credit(MARGIN, "5"));
        assertPostings(
                new PayoutPaid("tr_1", dollars("5")), debit(PAYOUTS_IN_FLIGHT, "5"), credit(STRIPE_CLEARING, "5"));
        assertPostings(new PayoutFailed("account_closed", dollars("5"), false));
        assertPostings(
                new PayoutFailed("reversed", dollars("5"), true),
                debit(STRIPE_CLEARING, "5"),
                credit(PAYOUTS_IN_FLIGHT, "5"));
    }

    private static WalletCredited credited(CreditKind kind) {
        return new WalletCredited(kind, dollars("20"), ANY, null, null);
    }

    private static UsageDebited bill(String cost, String charged, @Nullable Money held) {
        return new UsageDebited(HOLD, dollars(cost), dollars(charged), ANY, held, null, null, null, null);
    }

    private static void assertPostings(Object event, Posting... expected) {
        assertThat(Postings.of(event)).containsExactlyInAnyOrder(expected);
    }

    private static Posting debit(AccountKind account, String amount) {
        return new Posting(account, dollars(amount));
    }

    private static Posting credit(AccountKind account, String amount) {
        return new Posting(account, dollars(amount).negated());
    }
}
