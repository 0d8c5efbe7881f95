package dev.purser.projection.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.payout.PayoutCommand.RequestPayout;
import dev.purser.domain.payout.PayoutStatus;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.topup.TopUpView;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletTerms;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.margin.MarginAccount;
import dev.purser.projection.margin.MarginQueries;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Margin from its accrual until it is paid out, in both read models. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayoutQueriesTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final TestLedger ledger = TestLedger.start();
    private final PayoutQueries payouts = new PayoutQueries(ledger.database.dataSource());
    private final MarginQueries margins = new MarginQueries(ledger.database.dataSource());
    private Enrolled customer = ledger.enrol(ledger.tenant().in(Mode.LIVE), "a");

    @BeforeEach
    void anOrganizationOfItsOwn() {
        customer = ledger.enrol(ledger.tenant().in(Mode.LIVE), "a");
        ledger.send(new ChangeWalletTerms(
                customer.wallet(),
                new WalletTerms(BigDecimal.valueOf(25), null, null),
                EnumSet.of(WalletTerms.Term.MARKUP_PERCENT)));
    }

    @AfterAll
    void stop() {
        ledger.close();
    }

    private OrganizationId organization() {
        return customer.tenant().organization();
    }

    /** A fifth of the dollars is margin. */
    private void topUp(int dollars, Instant at) {
        TopUpId id = new TopUpId(Ids.next("tup"));
        TopUpView quoted = ledger.send(new QuoteTopUp(
                id,
                customer.wallet(),
                customer.customer(),
                organization(),
                customer.tenant().project(),
                Mode.LIVE,
                dollars,
                BigDecimal.ZERO));
        ledger.send(new SettleTopUp(id, "pi_" + id, null, quoted.quote().totalAmount(), "usd", Mode.LIVE, at));
    }

    private PayoutId payOut(boolean automatic, Instant at) {
        PayoutId payout = new PayoutId(Ids.next("pyt"));
        ledger.send(new RequestPayout(payout, organization(), "acct_1", HoldBack.NONE, automatic, at));
        return payout;
    }

    private PayoutDetails found(PayoutId payout) {
        ledger.settle();
        return payouts.payout(organization(), payout).orElseThrow();
    }

    @Test
    void aPayoutIsInFlightUntilItIsKnownHowItEnded() {
        topUp(50, NOON);
        PayoutId payout = payOut(true, NOON);

        assertThat(found(payout).status()).isEqualTo(PayoutStatus.IN_FLIGHT);
        assertThat(found(payout).requestedAt()).isEqualTo(NOON);
        assertThat(payouts.inFlight(NOON.plusSeconds(1), 0, 100)).contains(found(payout));
        assertThat(payouts.inFlight(NOON, 0, 100)).doesNotContain(found(payout));
        assertThat(payouts.inFlight(NOON.plusSeconds(1), found(payout).position(), 100))
                .doesNotContain(found(payout));

        ledger.send(new ConfirmPayout(payout, "tr_1"));
        PayoutDetails paid = found(payout);
        assertThat(paid.status()).isEqualTo(PayoutStatus.PAID);
        assertThat(paid.transferId()).isEqualTo("tr_1");
        assertThat(paid.closedAt()).isNotNull();
        assertThat(payouts.inFlight(NOON.plusSeconds(1), 0, 100)).doesNotContain(paid);

        ledger.send(new FailPayout(payout, FailPayout.REVERSED));
        assertThat(found(payout).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(found(payout).transferId()).isEqualTo("tr_1");
        assertThat(found(payout).failureReason()).isEqualTo(FailPayout.REVERSED);
    }

    @Test
    void belongsToItsOrganizationAlone() {
        topUp(50, NOON);
        PayoutId payout = payOut(false, NOON);
        ledger.settle();
        OrganizationId stranger = ledger.tenant().organization();

        assertThat(payouts.payout(stranger, payout)).isEmpty();
        assertThat(payouts.page(stranger, Long.MAX_VALUE, 10)).isEmpty();
        assertThat(margins.account(stranger, Mode.LIVE)).isEqualTo(MarginAccount.EMPTY);
        assertThat(margins.entries(stranger, Mode.LIVE, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void theLastAutomaticOneCountsAndNoOther() {
        topUp(50, NOON);
        assertThat(payouts.lastAutomatic(organization())).isEmpty();
        ledger.send(new ConfirmPayout(payOut(true, NOON), "tr_2"));
        topUp(50, NOON);
        ledger.send(new ConfirmPayout(payOut(false, NOON.plusSeconds(60)), "tr_3"));
        ledger.settle();

        assertThat(payouts.lastAutomatic(organization()))
                .hasValueSatisfying(last -> assertThat(last.requestedAt()).isEqualTo(NOON));
    }

    @Test
    void organizationsAreFoundByWhatTheyHaveToBePaidOut() {
        topUp(50, NOON);
        ledger.settle();

        assertThat(margins.payable(Money.ofDollars(10))).contains(organization());
        assertThat(margins.payable(new Money(10_000_000_001L))).doesNotContain(organization());
    }

    @Test
    void holdsBackWhatTheRuleSaysOfTheLastDays() {
        topUp(50, NOON.minus(3, ChronoUnit.DAYS));
        topUp(100, NOON.minus(2, ChronoUnit.DAYS));
        topUp(25, NOON);
        ledger.settle();

        assertThat(heldBack(50, 0)).isEqualTo(new Money(2_500_000_000L));
        assertThat(heldBack(50, 2)).isEqualTo(new Money(12_500_000_000L));
        assertThat(heldBack(100, 3)).isEqualTo(Money.ofDollars(35));
        assertThat(margins.heldBack(organization(), Mode.LIVE, HoldBack.NONE, NOON))
                .isEqualTo(Money.ZERO);
        assertThat(margins.account(organization(), Mode.LIVE).balance()).isEqualTo(Money.ofDollars(35));
    }

    private Money heldBack(int percent, int days) {
        return margins.heldBack(organization(), Mode.LIVE, new HoldBack(BigDecimal.valueOf(percent), days), NOON);
    }
}
