package dev.purser.query.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.edge.Caller;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.query.QueryApi;
import dev.purser.query.QueryApi.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestRouteTest {
    private final QueryApi api = new QueryApi();
    private final TestLedger ledger = api.ledger;
    private Tenant tenant = ledger.tenant();
    private Caller.Backend backend = api.backend(tenant);
    private Enrolled customer = ledger.enrol(tenant, "a");

    @BeforeEach
    void aCustomerWithTwoDollars() {
        tenant = ledger.tenant();
        backend = api.backend(tenant);
        customer = ledger.enrol(tenant, "a");
        ledger.credit(customer.wallet(), 2);
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void aReceiptShowsHoldCaptureAndUsage() {
        HoldId request = ledger.call(customer, Money.ofDollars(1), Money.ofDollars(3));

        Answer answer = api.ask(backend, "/v1/requests/{id}", request);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .containsEntry("id", request.value())
                .containsEntry("status", "settled")
                .containsEntry("walletId", customer.wallet().value())
                .containsEntry("sessionId", customer.session().value())
                .containsEntry("mode", "test")
                .containsEntry("model", "gpt-x")
                .containsEntry("provider", "openai")
                .containsEntry("upstreamId", "chatcmpl-1")
                .containsEntry("usageSource", "provider")
                .containsEntry("priceVersion", 1)
                .containsEntry("tokens", Map.of("prompt", 120, "cached", 20, "completion", 30));
        assertThat(answer.object("hold")).containsEntry("amount", "1");
        assertThat(answer.object("capture"))
                .containsEntry("cost", "3")
                .containsEntry("charged", "2")
                .containsEntry("loss", "1");
        Object entryId = api.ask(backend, "/v1/wallets/{id}/ledger?limit=1", customer.wallet())
                .list("entries")
                .getFirst()
                .get("id");
        assertThat(answer.json()).containsEntry("entryId", entryId);
    }

    @Test
    void aCallUnderWayHasNoCapture() {
        HoldId request = ledger.gatewayHold(customer, Money.ofDollars(1));
        assertThat(api.ask(backend, "/v1/requests/{id}", request).json())
                .containsEntry("status", "held")
                .containsEntry("capture", null)
                .containsEntry("tokens", null)
                .containsEntry("closedAt", null);

        ledger.send(new ReleaseHold(customer.wallet(), request, HoldOrigin.GATEWAY));

        assertThat(api.ask(backend, "/v1/requests/{id}", request).json())
                .containsEntry("status", "released")
                .containsEntry("entryId", null);
    }

    @Test
    void theOwnerOfTheWalletSeesItTooAndNobodyElse() {
        HoldId request = ledger.call(customer, Money.ofDollars(1), Money.ofDollars(1));
        Enrolled neighbour = ledger.enrol(tenant, "neighbour");
        List<Caller> others = List.of(
                api.browser(neighbour),
                api.backend(tenant.in(Mode.LIVE)),
                api.backend(ledger.project(tenant.organization())),
                api.backend(ledger.tenant()));

        assertThat(api.ask(api.browser(customer), "/v1/requests/{id}", request).status())
                .isEqualTo(200);
        assertThat(others)
                .allSatisfy(other -> assertThat(
                                api.ask(other, "/v1/requests/{id}", request).status())
                        .isEqualTo(404));
    }

    @Test
    void whatIsNoGatewayCallIsNotFound() {
        HoldId backends = ledger.hold(
                customer, HoldOrigin.BACKEND, Money.ofDollars(1), Instant.now().plusSeconds(60));

        assertThat(api.ask(backend, "/v1/requests/{id}", backends).status()).isEqualTo(404);
        assertThat(api.ask(backend, "/v1/requests/nothing").status()).isEqualTo(404);
        assertThat(api.ask(backend, "/v1/requests/{id}", "not-an-id").status()).isEqualTo(404);
    }
}
