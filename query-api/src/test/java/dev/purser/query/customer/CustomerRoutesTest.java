package dev.purser.query.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.edge.Caller;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.query.QueryApi;
import dev.purser.query.QueryApi.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerRoutesTest {
    private final QueryApi api = new QueryApi();
    private final TestLedger ledger = api.ledger;
    private Tenant tenant = ledger.tenant();
    private Caller.Backend backend = api.backend(tenant);

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = ledger.tenant();
        backend = api.backend(tenant);
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void aCustomerHasItsWalletLifetimeFiguresAndTwentyNewestEntries() {
        Enrolled customer = ledger.enrol(tenant, "user-1", "ann@example.com", null);
        for (int i = 0; i < 21; i++) {
            ledger.credit(customer.wallet(), CreditKind.TOPUP, Money.ofDollars(1), null);
        }
        ledger.call(customer, Money.ofDollars(1), new Money(1));

        Answer answer = api.ask(backend, "/v1/customers/{id}", customer.customer());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .containsOnlyKeys(
                        "id",
                        "externalId",
                        "email",
                        "name",
                        "status",
                        "createdAt",
                        "wallet",
                        "lifetimeSpend",
                        "lifetimeToppedUp",
                        "recentLedger")
                .containsEntry("id", customer.customer().value())
                .containsEntry("externalId", "user-1")
                .containsEntry("email", "ann@example.com")
                .containsEntry("name", null)
                .containsEntry("status", "active")
                .containsEntry("lifetimeSpend", "0.000000001")
                .containsEntry("lifetimeToppedUp", "21")
                .containsEntry(
                        "wallet",
                        Map.of(
                                "id", customer.wallet().value(),
                                "balance", "20.999999999",
                                "currency", "USD",
                                "status", "active"));
        assertThat(answer.list("recentLedger")).hasSize(20);
    }

    @Test
    void aListIsNewestFirstWithATotal() {
        for (int i = 0; i < 4; i++) {
            ledger.enrol(tenant, "user-" + i);
        }

        Answer answer = api.ask(backend, "/v1/customers?limit=2&offset=1");

        assertThat(externalIds(answer)).containsExactly("user-2", "user-1");
        assertThat(answer.json()).containsEntry("total", 4).containsOnlyKeys("customers", "total");
        assertThat(externalIds(api.ask(backend, "/v1/customers"))).hasSize(4);
    }

    @Test
    void aListIsNarrowedByExternalIdAndText() {
        ledger.enrol(tenant, "user-1", "ann@example.com", "Ann");
        ledger.enrol(tenant, "user-2", "bob@example.com", "Bob");

        assertThat(externalIds(api.ask(backend, "/v1/customers?externalId=user-1")))
                .containsExactly("user-1");
        assertThat(externalIds(api.ask(backend, "/v1/customers?q=BOB"))).containsExactly("user-2");
        assertThat(externalIds(api.ask(backend, "/v1/customers?q=user&externalId=user-2")))
                .containsExactly("user-2");
        assertThat(api.ask(backend, "/v1/customers?q=nobody").json())
                .containsEntry("total", 0)
                .containsEntry("customers", List.of());
    }

    @Test
    void customersOfAnotherWorldAreNotThere() {
        Enrolled customer = ledger.enrol(tenant, "user-1");
        List<Caller.Backend> others = List.of(
                api.backend(tenant.in(Mode.LIVE)),
                api.backend(ledger.project(tenant.organization())),
                api.backend(ledger.tenant()));

        for (Caller.Backend other : others) {
            assertThat(api.ask(other, "/v1/customers/{id}", customer.customer()).status())
                    .isEqualTo(404);
            assertThat(api.ask(other, "/v1/customers").json()).containsEntry("total", 0);
            assertThat(api.ask(other, "/v1/customers?externalId=user-1").json()).containsEntry("total", 0);
        }
        assertThat(api.ask(backend, "/v1/customers/cusNobody").status()).isEqualTo(404);
        assertThat(api.ask(backend, "/v1/customers/{id}", customer.wallet()).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=201, limit",
        "limit=abc, limit",
        "limit=1&limit=2, limit",
        "offset=-1, offset",
        "offset=1.0, offset",
        "offset=, offset",
        "q=%00, q",
        "externalId=a%00, externalId"
    })
    void aBadParameterIsNamed(String query, String field) {
        Answer answer = api.ask(backend, "/v1/customers?" + query.replace("%00", "{nul}"), nul(query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.badField()).isEqualTo(field);
    }

    private static Object[] nul(String query) {
        return query.contains("%00") ? new Object[] {"\0"} : new Object[0];
    }

    private static List<Object> externalIds(Answer answer) {
        return answer.list("customers").stream()
                .<Object>map(customer -> String.valueOf(customer.get("externalId")))
                .toList();
    }
}
