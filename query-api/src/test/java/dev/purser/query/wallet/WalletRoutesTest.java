package dev.purser.query.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.edge.Caller;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.query.QueryApi;
import dev.purser.query.QueryApi.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalletRoutesTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    private final QueryApi api = new QueryApi();
    private final TestLedger ledger = api.ledger;
    private Tenant tenant = ledger.tenant();
    private Caller.Backend backend = api.backend(tenant);
    private Enrolled customer = ledger.enrol(tenant, "a");

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = ledger.tenant();
        backend = api.backend(tenant);
        customer = ledger.enrol(tenant, "a");
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void aWalletShowsWhatWasWrittenRightBefore() {
        ledger.credit(customer.wallet(), CreditKind.TOPUP, new Money(8_333_333_000L), null);
        ledger.gatewayHold(customer, Money.ofDollars(2));

        Answer answer = api.ask(backend, "/v1/wallets/{id}", customer.wallet());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.stale()).isNull();
        assertThat(answer.json())
                .containsEntry("id", customer.wallet().value())
                .containsEntry("endCustomerId", customer.customer().value())
                .containsEntry("balance", "8.333333")
                .containsEntry("held", "2")
                .containsEntry("available", "6.333333")
                .containsEntry("currency", "USD")
                .containsEntry("status", "active")
                .containsEntry("mode", "test");
        assertThat(answer.json().get("createdAt")).asString().matches(TIME);
    }

    @Test
    void aFrozenWalletSaysSo() {
        ledger.send(new FreezeWallet(customer.wallet(), FreezeReason.BACKEND));

        assertThat(api.ask(backend, "/v1/wallets/{id}", customer.wallet()).json())
                .containsEntry("status", "frozen");
    }

    @Test
    void aLaggingReadModelSaysSo() {
        ledger.credit(customer.wallet(), 1);
        ledger.settle();
        ledger.projections.stop();
        try {
            ledger.credit(customer.wallet(), 1);
            Enrolled unseen = ledger.enrol(tenant, "unseen");

            Answer answer = api.ask(backend, "/v1/wallets/{id}", customer.wallet());

            assertThat(answer.stale()).isEqualTo("true");
            assertThat(answer.json()).containsEntry("balance", "1");
            assertThat(api.ask(backend, "/v1/wallets/{id}", unseen.wallet()).status())
                    .isEqualTo(503);
            assertThat(api.ask(backend, "/v1/wallets/{id}?at=2999-01-01T00:00:00Z", unseen.wallet())
                            .status())
                    .isEqualTo(503);
            assertThat(api.ask(backend, "/v1/customers").stale()).isEqualTo("true");
        } finally {
            ledger.projections.start();
        }
    }

    @Test
    void aWalletOfAnotherWorldIsNotFound() {
        List<Caller.Backend> others = List.of(
                api.backend(tenant.in(Mode.LIVE)),
                api.backend(ledger.project(tenant.organization())),
                api.backend(ledger.tenant()));

        for (Caller.Backend other : others) {
            assertThat(api.ask(other, "/v1/wallets/{id}", customer.wallet()).status())
                    .isEqualTo(404);
            assertThat(api.ask(other, "/v1/wallets/{id}?at=2026-01-01T00:00:00Z", customer.wallet())
                            .status())
                    .isEqualTo(404);
            assertThat(api.ask(other, "/v1/wallets/{id}/ledger", customer.wallet())
                            .status())
                    .isEqualTo(404);
        }
        assertThat(api.ask(backend, "/v1/wallets/{id}", "walNobody").status()).isEqualTo(404);
        assertThat(api.ask(backend, "/v1/wallets/{id}", customer.customer()).status())
                .isEqualTo(404);
        assertThat(api.ask(backend, "/v1/wallets/{id}", "wal!").status()).isEqualTo(404);
    }

    @Test
    void aPastTimeShowsTheBalanceOfThen() throws InterruptedException {
        Instant before = Instant.now().minusSeconds(5);
        ledger.credit(customer.wallet(), 5);
        String afterFirst = String.valueOf(entries(20, "").getFirst().get("createdAt"));
        Thread.sleep(5);
        ledger.credit(customer.wallet(), 7);

        assertThat(at(afterFirst)).containsEntry("balance", "5");
        assertThat(at(Instant.now().plusSeconds(3_600))).containsEntry("balance", "12");
        assertThat(at("2999-01-01T00:00:00 02:00")).containsEntry("balance", "12");
        assertThat(api.ask(backend, "/v1/wallets/{id}?at={at}", customer.wallet(), before)
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-01-01", "2026-01-01T00:00:00", "1700000000", "2026-13-01T00:00:00Z"})
    void aTimeThatIsNoneIsNamed(String at) {
        Answer answer = api.ask(backend, "/v1/wallets/{id}?at={at}", customer.wallet(), at);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.badField()).isEqualTo("at");
        assertThat(answer.json()).containsEntry("error", true).containsEntry("code", "invalid_request");
    }

    @Test
    void theStatementIsPagedNewestFirstWithoutGapsWhileEntriesCome() {
        for (int i = 1; i <= 7; i++) {
            ledger.credit(customer.wallet(), i);
        }
        List<Object> amounts = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            Answer page = api.ask(
                    backend,
                    "/v1/wallets/{id}/ledger?limit=3" + (cursor == null ? "" : "&cursor=" + cursor),
                    customer.wallet());
            page.list("entries").forEach(entry -> amounts.add(String.valueOf(entry.get("amount"))));
            cursor = (String) page.json().get("nextCursor");
            ledger.credit(customer.wallet(), 100);
            pages++;
        } while (cursor != null);

        assertThat(amounts).containsExactly("7", "6", "5", "4", "3", "2", "1");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void aPageThatEndsWithTheListHasNoNextOne() {
        ledger.credit(customer.wallet(), 1);
        ledger.credit(customer.wallet(), 1);

        Answer page = api.ask(backend, "/v1/wallets/{id}/ledger?limit=2", customer.wallet());

        assertThat(page.list("entries")).hasSize(2);
        assertThat(page.json()).containsEntry("nextCursor", null);
    }

    @Test
    void aStatementShowsOneTypeWhenAsked() {
        ledger.credit(customer.wallet(), CreditKind.TOPUP, Money.ofDollars(3), null);
        ledger.credit(customer.wallet(), CreditKind.ADJUSTMENT, Money.ofDollars(1), "trial");
        HoldId request = ledger.call(customer, Money.ofDollars(1), new Money(250_000_000));

        List<Map<String, @Nullable Object>> debits = entries(10, "&type=usage_debit");
        List<Map<String, @Nullable Object>> adjustments = entries(10, "&type=adjustment");

        assertThat(debits).singleElement().satisfies(debit -> {
            assertThat(debit)
                    .containsEntry("type", "usage_debit")
                    .containsEntry("amount", "-0.25")
                    .containsEntry("balanceAfter", "3.75")
                    .containsEntry("requestId", request.value())
                    .containsEntry("sessionId", customer.session().value())
                    .containsEntry("model", "gpt-x")
                    .containsEntry("usageSource", "provider")
                    .containsEntry("cost", "0.25")
                    .containsEntry("loss", "0")
                    .containsEntry("tokens", Map.of("prompt", 120, "cached", 20, "completion", 30));
            assertThat(debit.get("createdAt")).asString().matches(TIME);
        });
        assertThat(adjustments)
                .singleElement()
                .satisfies(adjustment -> assertThat(adjustment)
                        .containsEntry("description", "trial")
                        .containsEntry("amount", "1")
                        .containsOnlyKeys("id", "type", "amount", "balanceAfter", "createdAt", "description"));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=201, limit",
        "limit=-1, limit",
        "limit=1.5, limit",
        "limit=ten, limit",
        "limit=, limit",
        "limit=99999999999999999999, limit",
        "type=credit, type",
        "type=, type",
        "cursor=, cursor",
        "cursor=abc, cursor"
    })
    void aBadParameterIsNamed(String parameter, String field) {
        Answer answer = api.ask(backend, "/v1/wallets/{id}/ledger?" + parameter, customer.wallet());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.badField()).isEqualTo(field);
    }

    @Test
    void aCursorServesItsOwnListOnly() {
        Enrolled other = ledger.enrol(tenant, "other");
        for (int i = 0; i < 3; i++) {
            ledger.credit(customer.wallet(), 1);
            ledger.credit(other.wallet(), 1);
        }
        Object cursor = api.ask(backend, "/v1/wallets/{id}/ledger?limit=1", customer.wallet())
                .json()
                .get("nextCursor");

        String path = "/v1/wallets/{id}/ledger?limit=1&cursor=" + cursor;
        assertThat(api.ask(backend, path, customer.wallet()).status()).isEqualTo(200);
        assertThat(api.ask(backend, path, other.wallet()).badField()).isEqualTo("cursor");
        assertThat(api.ask(backend, path + "&type=topup", customer.wallet()).badField())
                .isEqualTo("cursor");
    }

    @Test
    void theBrowserSeesItsOwnWallet() {
        for (int i = 0; i < 12; i++) {
            ledger.credit(customer.wallet(), 1);
        }
        ledger.call(customer, Money.ofDollars(1), new Money(500_000_000));

        Answer answer = api.ask(api.browser(customer), "/v1/wallet/balance");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .containsEntry("balance", "11.5")
                .containsEntry("currency", "USD")
                .containsEntry("held", "0")
                .containsEntry("available", "11.5");
        assertThat(answer.list("recentLedger"))
                .hasSize(10)
                .first()
                .satisfies(entry -> assertThat(entry).containsEntry("type", "usage_debit"));
        assertThat(answer.object("limits"))
                .containsEntry("usage", "0.5")
                .containsEntry("currentPeriodUsage", "0")
                .containsEntry("usageLimit", null)
                .containsEntry("periodUsageLimit", null)
                .containsEntry("periodUsageDurationValue", null)
                .containsEntry("periodUsageDurationUnit", null)
                .containsEntry("currentPeriodStartedAt", null)
                .containsEntry("currentPeriodResetAt", null);
    }

    private Map<String, @Nullable Object> at(Object time) {
        return api.ask(backend, "/v1/wallets/{id}?at={at}", customer.wallet(), time)
                .json();
    }

    private List<Map<String, @Nullable Object>> entries(int limit, String more) {
        return api.ask(backend, "/v1/wallets/{id}/ledger?limit=" + limit + more, customer.wallet())
                .list("entries");
    }
}
