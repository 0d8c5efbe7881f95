package dev.purser.query.topup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.ResolveDispute;
import dev.purser.domain.topup.TopUpView;
import dev.purser.edge.Caller;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.query.QueryApi;
import dev.purser.query.QueryApi.Answer;
import dev.purser.query.TopUps;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopUpListTest {
    private static final String OF_WALLET = "/v1/wallets/{id}/topups";

    private final QueryApi api = new QueryApi();
    private final TestLedger ledger = api.ledger;
    private final TopUps topUps = new TopUps(ledger);
    private Tenant tenant = ledger.tenant();
    private Enrolled customer = ledger.enrol(tenant, "a");

    @BeforeEach
    void aCustomerOfItsOwn() {
        tenant = ledger.tenant();
        customer = ledger.enrol(tenant, "a");
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private Map<String, @Nullable Object> newest() {
        return api.ask(api.backend(tenant), OF_WALLET, customer.wallet())
                .list("topUps")
                .getFirst();
    }

    @Test
    void aQuoteHasCreditedNothingYet() {
        TopUpView quoted = topUps.quote(customer, 25);

        assertThat(newest())
                .containsEntry("id", quoted.topUpId().value())
                .containsEntry("status", "quoted")
                .containsEntry("amount", "25")
                .containsEntry("platformFee", "1.25")
                .containsEntry("totalAmount", "26.25")
                .containsEntry("credited", "0")
                .containsEntry("settledAt", null);
    }

    @Test
    void whatWentBackIsShownAsItComesAndGoes() {
        topUps.markUp(customer, 25);
        TopUpView topUp = topUps.topUp(customer, 25);
        String intent = TopUps.intentOf(topUp.topUpId());
        assertThat(newest()).containsEntry("status", "settled").containsEntry("credited", "20");

        ledger.send(new RefundTopUp(topUp.topUpId(), intent, topUp.mode(), new Money(6_250_000_000L)));
        ledger.send(new DisputeTopUp(topUp.topUpId(), intent, topUp.mode(), "dp_1", Money.ofDollars(26)));
        assertThat(newest()).containsEntry("refunded", "6.25").containsEntry("disputed", "20");

        ledger.send(new ResolveDispute(topUp.topUpId(), intent, topUp.mode(), "dp_1", true));
        assertThat(newest()).containsEntry("refunded", "6.25").containsEntry("disputed", "0");
    }

    @Test
    void aWalletAndItsOwnerSeeTheSamePages() {
        for (int dollars = 10; dollars < 15; dollars++) {
            topUps.quote(customer, dollars);
        }
        Caller.Backend backend = api.backend(tenant);
        Caller.Browser browser = api.browser(customer);

        Answer first = api.ask(backend, OF_WALLET + "?limit=3", customer.wallet());
        assertThat(first.list("topUps"))
                .extracting(topUp -> topUp.get("amount"))
                .containsExactly("14", "13", "12");
        assertThat(api.ask(browser, "/v1/wallet/topups?limit=3").json()).isEqualTo(first.json());
        Answer second = api.ask(browser, "/v1/wallet/topups?limit=3&cursor={cursor}", first.nextCursor());
        assertThat(second.list("topUps"))
                .extracting(topUp -> topUp.get("amount"))
                .containsExactly("11", "10");
        assertThat(second.json()).containsEntry("nextCursor", null);
    }

    @Test
    void nobodyElseSeesThem() {
        topUps.quote(customer, 10);
        topUps.quote(customer, 10);
        Enrolled neighbour = ledger.enrol(tenant, "b");
        Object cursor = api.ask(api.backend(tenant), OF_WALLET + "?limit=1", customer.wallet())
                .nextCursor();

        assertThat(api.ask(api.browser(neighbour), "/v1/wallet/topups").list("topUps"))
                .isEmpty();
        assertThat(api.ask(api.browser(neighbour), "/v1/wallet/topups?cursor={cursor}", cursor)
                        .badField())
                .isEqualTo("cursor");
        for (Caller.Backend stranger : List.of(
                api.backend(ledger.tenant()),
                api.backend(tenant.in(Mode.LIVE)),
                api.backend(ledger.project(tenant.organization())))) {
            assertThat(api.ask(stranger, OF_WALLET, customer.wallet()).status()).isEqualTo(404);
        }
    }

    @Test
    void paymentsThatMatchNoQuoteAreForTheOperator() {
        TopUpView less = topUps.quote(customer, 25);
        topUps.pay(less, Money.ofDollars(26));
        TopUpView more = topUps.quote(customer, 10);
        topUps.pay(more, Money.ofDollars(11));
        topUps.pay(more, new Money(10_500_000_000L));

        Answer first = api.ask(api.operator(), "/v1/admin/topups?status=parked&limit=1");
        assertThat(first.list("topUps"))
                .singleElement()
                .satisfies(parked -> assertThat(parked)
                        .containsEntry("topUpId", more.topUpId().value())
                        .containsEntry("status", "settled")
                        .containsEntry("totalAmount", "10.5")
                        .containsEntry("received", "11")
                        .containsEntry("reason", "amount")
                        .containsEntry("receivedCurrency", "usd")
                        .containsEntry("receivedMode", "test")
                        .containsEntry("walletId", customer.wallet().value())
                        .containsEntry("organizationId", tenant.organization().value()));
        Answer second = api.ask(api.operator(), "/v1/admin/topups?limit=1&cursor={cursor}", first.nextCursor());
        assertThat(second.list("topUps").getFirst())
                .containsEntry("topUpId", less.topUpId().value())
                .containsEntry("status", "parked");
        assertThat(api.ask(api.operator(), "/v1/admin/topups?status=settled").badField())
                .isEqualTo("status");
    }
}
