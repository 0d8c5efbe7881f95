package dev.purser.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.edge.Caller;
import dev.purser.edge.wire.Times;
import dev.purser.eventstore.log.StoredEvent;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.query.QueryApi;
import dev.purser.query.QueryApi.Answer;
import dev.purser.query.TopUps;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrialBalanceRouteTest {
    private final QueryApi api = new QueryApi();
    private final TestLedger ledger = api.ledger;
    private final TopUps topUps = new TopUps(ledger);
    private Tenant tenant = ledger.tenant().in(Mode.LIVE);
    private Enrolled customer = ledger.enrol(tenant, "a");
    private Caller.Auditor auditor = api.auditor(tenant.organization());

    @BeforeEach
    void anOrganizationOfItsOwn() {
        tenant = ledger.tenant().in(Mode.LIVE);
        customer = ledger.enrol(tenant, "a");
        auditor = api.auditor(tenant.organization());
    }

    @AfterAll
    void stop() {
        api.close();
    }

    /** The contract's example: 25 dollars with 25 % markup. */
    private void topUp(Enrolled buyer) {
        topUps.markUp(buyer, 25);
        topUps.topUp(buyer, 25);
    }

    private Map<String, String> balances(String query) {
        Answer answer = api.ask(auditor, "/v1/audit/trial-balance" + query);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.stale()).isNull();
        assertThat(answer.json()).containsEntry("total", "0").containsEntry("currency", "USD");
        Map<String, String> balances = new TreeMap<>();
        answer.list("accounts").forEach(account -> {
            if (!"0".equals(account.get("balance"))) {
                balances.put(String.valueOf(account.get("account")), String.valueOf(account.get("balance")));
            }
        });
        return balances;
    }

    @Test
    void showsWhatATopUpAndACallMoved() {
        topUp(customer);
        ledger.call(customer, Money.ofDollars(2), new Money(1_500_000_001L));
        ledger.gatewayHold(customer, Money.ofDollars(3));

        assertThat(balances(""))
                .isEqualTo(Map.of(
                        "stripe:clearing",
                        "26.25",
                        "platform:fees",
                        "-1.25",
                        "margin:" + tenant.organization(),
                        "-5",
                        "revenue:usage",
                        "-1.500000001",
                        "wallet:" + customer.wallet(),
                        "-15.499999999",
                        "wallet:" + customer.wallet() + ":held",
                        "-3"));
    }

    @Test
    void keepsLiveAndTestMoneyAndOrganizationsApart() {
        Enrolled tester = ledger.enrol(tenant.in(Mode.TEST), "a");
        topUp(tester);
        topUp(ledger.enrol(ledger.tenant().in(Mode.LIVE), "a"));

        assertThat(balances("")).isEmpty();
        assertThat(balances("?mode=test"))
                .containsEntry("margin-test:" + tenant.organization(), "-5")
                .containsEntry("wallet:" + tester.wallet(), "-20")
                .hasSize(4);
    }

    @Test
    void showsThePastAsItWas() {
        ledger.credit(customer.wallet(), 1);
        StoredEvent first =
                ledger.engine.log().newestOf(customer.wallet().value()).orElseThrow();
        // Later than the millisecond that answers show.
        while (!Instant.now().isAfter(first.recordedAt().plusMillis(2))) {
            Thread.onSpinWait();
        }
        ledger.credit(customer.wallet(), 1);

        assertThat(balances("?at=" + Times.iso(first.recordedAt())))
                .isEqualTo(Map.of("grants:" + tenant.organization(), "1", "wallet:" + customer.wallet(), "-1"));
        assertThat(balances("?at=1999-01-01T00:00:00Z")).isEmpty();
        assertThat(balances("?at=2999-01-01T00:00:00Z")).isEqualTo(balances(""));
    }

    @Test
    void ofALaggingReadModelSaysSoAndBalancesAllTheSame() {
        ledger.credit(customer.wallet(), 1);
        ledger.settle();
        ledger.projections.stop();
        try {
            ledger.credit(customer.wallet(), 1);
            for (String query : new String[] {"", "?at=2999-01-01T00:00:00Z"}) {
                Answer answer = api.ask(auditor, "/v1/audit/trial-balance" + query);

                assertThat(answer.stale()).isEqualTo("true");
                assertThat(answer.json()).containsEntry("total", "0");
                assertThat(answer.list("accounts"))
                        .contains(Map.of("account", "wallet:" + customer.wallet(), "balance", "-1"));
            }
        } finally {
            ledger.projections.start();
        }
    }

    @ParameterizedTest
    @CsvSource({"at=now,at", "at=2026-01-31,at", "mode=sandbox,mode"})
    void namesTheParameterThatIsWrong(String query, String field) {
        Answer answer = api.ask(auditor, "/v1/audit/trial-balance?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.badField()).isEqualTo(field);
    }
}
