package dev.purser.query.margin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.PayoutId;
import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.payout.PayoutCommand.RequestPayout;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpView;
import dev.purser.edge.Caller;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.query.QueryApi;
import dev.purser.query.QueryApi.Answer;
import dev.purser.query.TopUps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarginRouteTest {
    private final QueryApi api = new QueryApi();
    private final TestLedger ledger = api.ledger;
    private final TopUps topUps = new TopUps(ledger);
    private Tenant tenant = ledger.tenant().in(Mode.LIVE);
    private Caller.Backend backend = api.backend(tenant);
    private Enrolled customer = ledger.enrol(tenant, "a");

    @BeforeEach
    void anOrganizationOfItsOwn() {
        tenant = ledger.tenant().in(Mode.LIVE);
        backend = api.backend(tenant);
        customer = ledger.enrol(tenant, "a");
        topUps.markUp(customer, 25);
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private PayoutId payOut() {
        PayoutId payout = new PayoutId(Ids.next("pyt"));
        ledger.send(new RequestPayout(payout, tenant.organization(), "acct_1", HoldBack.NONE, false, Instant.now()));
        return payout;
    }

    @Test
    void isNothingAtFirst() {
        Answer answer = api.ask(backend, "/v1/margin");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .containsEntry("marginBalance", "0")
                .containsEntry("payable", "0")
                .containsEntry("heldBack", "0")
                .containsEntry("currency", "USD")
                .containsEntry("nextCursor", null);
        assertThat(answer.list("entries")).isEmpty();
    }

    @Test
    void accruesIsClawedBackAndPaidOut() {
        TopUpView first = topUps.topUp(customer, 25);
        topUps.topUp(customer, 50);
        ledger.send(new RefundTopUp(
                first.topUpId(),
                TopUps.intentOf(first.topUpId()),
                Mode.LIVE,
                first.quote().totalAmount()));

        assertThat(api.ask(backend, "/v1/margin").json())
                .containsEntry("marginBalance", "10")
                .containsEntry("heldBack", "2")
                .containsEntry("payable", "8")
                .containsEntry("accrued", "15")
                .containsEntry("clawedBack", "5")
                .containsEntry("inFlight", "0")
                .containsEntry("paidOut", "0");

        PayoutId payout = payOut();
        assertThat(api.ask(backend, "/v1/margin").json())
                .containsEntry("marginBalance", "0")
                .containsEntry("payable", "0")
                .containsEntry("inFlight", "10");
        ledger.send(new ConfirmPayout(payout, "tr_1"));

        Answer paid = api.ask(backend, "/v1/margin");
        assertThat(paid.json()).containsEntry("inFlight", "0").containsEntry("paidOut", "10");
        assertThat(paid.list("entries"))
                .extracting(entry -> entry.get("type"))
                .containsExactly("payout", "clawback", "accrual", "accrual");
        assertThat(paid.list("entries").getFirst())
                .containsEntry("amount", "-10")
                .containsEntry("balanceAfter", "0")
                .containsEntry("payoutId", payout.value())
                .containsEntry("topUpId", null);
        assertThat(paid.list("entries").getLast())
                .containsEntry("amount", "5")
                .containsEntry("topUpId", first.topUpId().value());
    }

    @Test
    void isNegativeWhenWhatWasPaidOutIsClawedBack() {
        TopUpView topUp = topUps.topUp(customer, 25);
        ledger.send(new ConfirmPayout(payOut(), "tr_2"));
        ledger.send(new RefundTopUp(
                topUp.topUpId(),
                TopUps.intentOf(topUp.topUpId()),
                Mode.LIVE,
                topUp.quote().totalAmount()));

        assertThat(api.ask(backend, "/v1/margin").json())
                .containsEntry("marginBalance", "-5")
                .containsEntry("payable", "0")
                .containsEntry("paidOut", "5");
    }

    @Test
    void comesPageByPageWithCursorsOfTheOrganizationAlone() {
        for (int i = 0; i < 5; i++) {
            topUps.topUp(customer, 25);
        }
        List<@Nullable Object> seen = new ArrayList<>();
        Answer page = api.ask(backend, "/v1/margin?limit=2");
        page.list("entries").forEach(entry -> seen.add(entry.get("balanceAfter")));
        Object cursor = page.json().get("nextCursor");
        while (cursor != null) {
            topUps.topUp(customer, 10);
            page = api.ask(backend, "/v1/margin?limit=2&cursor={cursor}", cursor);
            page.list("entries").forEach(entry -> seen.add(entry.get("balanceAfter")));
            cursor = page.json().get("nextCursor");
        }
        assertThat(seen).containsExactly("25", "20", "15", "10", "5");

        Object foreign = api.ask(backend, "/v1/margin?limit=1").nextCursor();
        Caller.Backend stranger = api.backend(ledger.tenant().in(Mode.LIVE));
        assertThat(api.ask(stranger, "/v1/margin?cursor={cursor}", foreign).badField())
                .isEqualTo("cursor");
        assertThat(api.ask(backend, "/v1/margin?limit=0").badField()).isEqualTo("limit");
    }

    @Test
    void belongsToTheWholeOrganizationAndIsZeroForTestKeys() {
        Tenant sibling = ledger.project(tenant.organization()).in(Mode.LIVE);
        topUps.topUp(customer, 25);
        Enrolled tester = ledger.enrol(tenant.in(Mode.TEST), "t");
        topUps.markUp(tester, 25);
        topUps.topUp(tester, 25);

        assertThat(api.ask(api.backend(sibling), "/v1/margin").json()).containsEntry("marginBalance", "5");
        Answer test = api.ask(api.backend(tenant.in(Mode.TEST)), "/v1/margin");
        assertThat(test.json()).containsEntry("marginBalance", "0").containsEntry("accrued", "0");
        assertThat(test.list("entries")).isEmpty();
        assertThat(api.ask(api.backend(ledger.tenant().in(Mode.LIVE)), "/v1/margin")
                        .json())
                .containsEntry("marginBalance", "0");
    }

    @Test
    void listsPayoutsWithWhatBecameOfThem() {
        topUps.topUp(customer, 25);
        PayoutId failed = payOut();
        ledger.send(new FailPayout(failed, "account_closed"));
        PayoutId paid = payOut();
        ledger.send(new ConfirmPayout(paid, "tr_3"));
        topUps.topUp(customer, 50);
        PayoutId inFlight = payOut();

        Answer first = api.ask(backend, "/v1/connect/payouts?limit=2");
        assertThat(first.list("payouts"))
                .extracting(payout -> payout.get("payoutId"))
                .containsExactly(inFlight.value(), paid.value());
        assertThat(first.list("payouts").getFirst())
                .containsEntry("status", "in_flight")
                .containsEntry("amount", "10")
                .containsEntry("accountId", "acct_1")
                .containsEntry("closedAt", null);
        assertThat(first.list("payouts").getLast())
                .containsEntry("status", "paid")
                .containsEntry("transferId", "tr_3")
                .containsEntry("amount", "5");
        Answer second = api.ask(backend, "/v1/connect/payouts?limit=2&cursor={cursor}", first.nextCursor());
        assertThat(second.json()).containsEntry("nextCursor", null);
        assertThat(second.list("payouts"))
                .singleElement()
                .satisfies(payout -> assertThat(payout)
                        .containsEntry("payoutId", failed.value())
                        .containsEntry("status", "failed")
                        .containsEntry("failureReason", "account_closed"));

        Map<String, @Nullable Object> refused = api.ask(api.backend(tenant.in(Mode.TEST)), "/v1/connect/payouts")
                .json();
        assertThat(refused).containsEntry("status", 403).containsEntry("code", "live_key_required");
        assertThat(api.ask(api.backend(ledger.tenant().in(Mode.LIVE)), "/v1/connect/payouts")
                        .list("payouts"))
                .isEmpty();
    }

    @Test
    void aPayoutBelongsToTheSumOfWhatWasPaidOnlyWhileItsTransferStands() {
        topUps.topUp(customer, 25);
        PayoutId payout = payOut();
        ledger.send(new ConfirmPayout(payout, "tr_4"));
        ledger.send(new FailPayout(payout, FailPayout.REVERSED));

        Answer margin = api.ask(backend, "/v1/margin");
        assertThat(margin.json())
                .containsEntry("marginBalance", Money.ofDollars(5).toString())
                .containsEntry("paidOut", "0")
                .containsEntry("inFlight", "0");
        assertThat(margin.list("entries").getFirst()).containsEntry("type", "payout_restored");
    }
}
