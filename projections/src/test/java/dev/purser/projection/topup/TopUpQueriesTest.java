package dev.purser.projection.topup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.TopUpId;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.topup.ParkReason;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.topup.TopUpStatus;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletTerms;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopUpQueriesTest {
    private static final Instant SETTLED_AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final Money TOTAL = new Money(26_250_000_000L);

    private final TestLedger ledger = TestLedger.start();
    private final TopUpQueries queries = new TopUpQueries(ledger.database.dataSource());
    private Enrolled customer = ledger.enrol(ledger.tenant().in(Mode.LIVE), "a");

    @BeforeEach
    void aCustomerOfItsOwn() {
        customer = ledger.enrol(ledger.tenant().in(Mode.LIVE), "a");
        ledger.send(new GrantPromotionalCredits(customer.tenant().organization(), Money.ofDollars(1), null));
        ledger.send(new ChangeWalletTerms(
                customer.wallet(),
                new WalletTerms(BigDecimal.valueOf(25), BigDecimal.TEN, null),
                EnumSet.allOf(WalletTerms.Term.class)));
    }

    @AfterAll
    void stop() {
        ledger.close();
    }

    private TopUpId quote() {
        TopUpId id = new TopUpId(Ids.next("tup"));
        ledger.send(new QuoteTopUp(
                id,
                customer.wallet(),
                customer.customer(),
                customer.tenant().organization(),
                customer.tenant().project(),
                customer.tenant().mode(),
                25,
                BigDecimal.valueOf(5)));
        ledger.send(new RecordPaymentIntent(id, "pi_" + id));
        return id;
    }

    private TopUpId pay(TopUpId id, Money received, String currency, Instant at) {
        ledger.send(new SettleTopUp(id, "pi_" + id, "ch_" + id, received, currency, Mode.LIVE, at));
        return id;
    }

    private TopUpDetails found(TopUpId id) {
        ledger.settle();
        return queries.topUp(id).orElseThrow();
    }

    @Test
    void aSettledTopUpShowsWhatWasPaidAndGiven() {
        TopUpDetails topUp = found(pay(quote(), TOTAL, "usd", SETTLED_AT));

        assertThat(topUp.status()).isEqualTo(TopUpStatus.SETTLED);
        assertThat(topUp.walletId()).isEqualTo(customer.wallet());
        assertThat(topUp.customerId()).isEqualTo(customer.customer());
        assertThat(topUp.organizationId()).isEqualTo(customer.tenant().organization());
        assertThat(topUp.projectId()).isEqualTo(customer.tenant().project());
        assertThat(topUp.mode()).isEqualTo(Mode.LIVE);
        assertThat(topUp.chargeId()).isEqualTo("ch_" + topUp.topUpId());
        assertThat(topUp.paid()).isEqualTo(TOTAL);
        assertThat(topUp.credited()).isEqualTo(Money.ofDollars(20));
        assertThat(topUp.margin()).isEqualTo(Money.ofDollars(5));
        assertThat(topUp.quote().bonusCredited()).isEqualTo(Money.ofDollars(2));
        assertThat(topUp.bonus()).as("no more than is granted").isEqualTo(Money.ofDollars(1));
        assertThat(topUp.settledAt()).isEqualTo(SETTLED_AT);
        assertThat(queries.byPaymentIntent("pi_" + topUp.topUpId())).contains(topUp);
        assertThat(queries.byPaymentIntent("pi_unknown")).isEmpty();
    }

    @Test
    void whatStripeRefundedIsKnownAlsoWhereADisputeHadTakenIt() {
        TopUpId id = pay(quote(), TOTAL, "usd", SETTLED_AT);
        ledger.send(new DisputeTopUp(id, "pi_" + id, Mode.LIVE, "dp_1", Money.ofDollars(20)));
        ledger.send(new RefundTopUp(id, "pi_" + id, Mode.LIVE, Money.ofDollars(10)));

        TopUpDetails topUp = found(id);

        assertThat(topUp.disputed()).isEqualTo(Money.ofDollars(20));
        assertThat(topUp.refunded()).isEqualTo(new Money(6_250_000_000L));
        assertThat(topUp.refundReported()).isEqualTo(Money.ofDollars(10));
    }

    @Test
    void aPaymentThatDoesNotMatchIsKeptEvenWhenAnotherOneSettles() {
        TopUpId id = pay(quote(), TOTAL, "eur", SETTLED_AT);
        assertThat(found(id).status()).isEqualTo(TopUpStatus.PARKED);
        pay(id, TOTAL, "usd", SETTLED_AT);
        ledger.settle();

        ParkedPayment parked = queries.parked(Long.MAX_VALUE, 1).getFirst();

        assertThat(parked.topUp()).isEqualTo(found(id));
        assertThat(parked.topUp().status()).isEqualTo(TopUpStatus.SETTLED);
        assertThat(parked.reason()).isEqualTo(ParkReason.CURRENCY);
        assertThat(parked.currency()).isEqualTo("eur");
        assertThat(parked.received()).isEqualTo(TOTAL);
        assertThat(parked.mode()).isEqualTo(Mode.LIVE);
        assertThat(queries.parked(parked.position(), 1))
                .noneMatch(other -> other.topUp().topUpId().equals(id));
    }

    @Test
    void unsettledOnesAreFoundByTheTimeOfTheirQuote() {
        Instant before = found(quote()).quotedAt();
        TopUpId open = quote();
        TopUpId settled = pay(quote(), TOTAL, "usd", SETTLED_AT);
        TopUpDetails quoted = found(open);

        List<TopUpDetails> all = queries.unsettled(before, Instant.now().plusSeconds(60), 0, 100);

        assertThat(all).contains(quoted).extracting(TopUpDetails::topUpId).doesNotContain(settled);
        assertThat(queries.unsettled(before, quoted.quotedAt(), 0, 100)).doesNotContain(quoted);
        assertThat(queries.unsettled(before, Instant.now().plusSeconds(60), quoted.position(), 100))
                .doesNotContain(quoted);
    }

    @Test
    void settledOnesAreFoundByTheTimeOfTheirSettlement() {
        Instant at = SETTLED_AT.plusSeconds(86_400);
        TopUpDetails first = found(pay(quote(), TOTAL, "usd", at));
        TopUpDetails second = found(pay(quote(), TOTAL, "usd", at.plusSeconds(1)));

        assertThat(queries.settled(Mode.LIVE, at, at.plusSeconds(2), 0, 10)).containsExactly(first, second);
        assertThat(queries.settled(Mode.LIVE, at, at.plusSeconds(1), 0, 10)).containsExactly(first);
        assertThat(queries.settled(Mode.LIVE, at, at.plusSeconds(2), first.position(), 10))
                .containsExactly(second);
        assertThat(queries.settled(Mode.TEST, at, at.plusSeconds(2), 0, 10)).isEmpty();
    }
}
