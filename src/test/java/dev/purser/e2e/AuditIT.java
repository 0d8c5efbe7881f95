package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An organization's auditor sees its books, and nobody else does. */
class AuditIT {
    private static final List<String> ROUTES = List.of("/v1/audit/trial-balance", "/v1/audit/journal?format=hledger");

    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);

    private Answer newKey(String organizationId) {
        return product.operator()
                .post("/v1/admin/organizations/" + organizationId + "/auditor-keys", Map.of())
                .expect(201);
    }

    private Api auditor() {
        return product.api().as(newKey(tenant.organizationId()).text("/secret"));
    }

    private static Map<String, BigDecimal> balances(Answer answer) {
        assertThat(answer.expect(200).money("/total")).isZero();
        Map<String, BigDecimal> balances = new TreeMap<>();
        for (JsonNode account : answer.at("/accounts")) {
            BigDecimal balance = new BigDecimal(account.get("balance").stringValue());
            if (balance.signum() != 0) {
                balances.put(account.get("account").stringValue(), balance);
            }
        }
        return balances;
    }

    @Test
    void theBooksShowWhatWasWrittenRightBefore() {
        Api auditor = auditor();
        Minted minted = tenant.mintWith(10);
        String wallet = "wallet:" + minted.walletId();
        String grants = "grants:" + tenant.organizationId();
        assertThat(balances(auditor.get(ROUTES.getFirst())))
                .containsExactly(Map.entry(grants, new BigDecimal("10")), Map.entry(wallet, new BigDecimal("-10")));
        Instant before = Instant.parse(tenant.backend()
                .get("/v1/wallets/" + minted.walletId() + "/ledger")
                .text("/entries/0/createdAt"));

        Answer chat = minted.chat(Upstream.STEADY.name(), "Hello").expect(200);
        BigDecimal cost = new BigDecimal(chat.header("X-LLMGateway-Cost").orElseThrow());
        tenant.backend()
                .post("/v1/wallets/" + minted.walletId() + "/holds", Json.object("amount", 2))
                .expect(201);

        Map<String, BigDecimal> now = balances(auditor.get(ROUTES.getFirst()));
        assertThat(cost).isPositive();
        assertThat(now.get("revenue:usage")).isEqualByComparingTo(cost.negate());
        assertThat(now.get(wallet)).isEqualByComparingTo(cost.subtract(BigDecimal.valueOf(8)));
        assertThat(now.get(wallet + ":held")).isEqualByComparingTo("-2");
        assertThat(balances(auditor.get(ROUTES.getFirst() + "?at=" + before)).get(grants))
                .isEqualByComparingTo("10");
        assertThat(balances(auditor.get(ROUTES.getFirst() + "?mode=test"))).isEmpty();
    }

    @Test
    void theJournalIsAFileThatIsWhole() {
        Api auditor = auditor();
        Minted minted = tenant.mintWith("1.5");

        Answer hledger = auditor.get(ROUTES.getLast()).expect(200);
        assertThat(hledger.header("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(hledger.header("Content-Disposition").orElseThrow())
                .isEqualTo("attachment; filename=\"purser-" + tenant.organizationId() + "-live.journal\"");
        assertThat(hledger.body())
                .contains(" * WalletCredited  ; position: ")
                .contains("    wallet:" + minted.walletId() + "  -1.5 USD\n")
                .endsWith("\n; end, transactions: 1\n");
        assertThat(auditor.get("/v1/audit/journal?format=beancount").expect(200).body())
                .contains("  Liabilities:Wallet:W-" + minted.walletId() + "  -1.500000000 USD\n");
        assertThat(auditor.get("/v1/audit/journal?format=csv")
                        .expect(200)
                        .body()
                        .lines())
                .hasSize(3)
                .allMatch(line -> line.split(",", -1).length == 7);
        auditor.get("/v1/audit/journal").expectApiError(400, "invalid_request");
    }

    @Test
    void nobodyElseIsLetIn() {
        Minted minted = tenant.mintWith(1);
        for (String route : ROUTES) {
            product.api().get(route).expectApiError(401, "token_missing");
            for (Api other : List.of(tenant.backend(), minted.browser(), product.operator())) {
                Answer refused = other.get(route).expectApiError(401, "wrong_token_kind");
                assertThat(refused.text("/message")).contains("ak_");
            }
        }
    }

    @Test
    void anAuditorSeesOnlyItsOrganizationAndOnlyUntilItsKeyIsRevoked() {
        tenant.mintWith(1);
        Answer key = newKey(Tenant.of(product).organizationId());
        Api stranger = product.api().as(key.text("/secret"));
        assertThat(balances(stranger.get(ROUTES.getFirst()))).isEmpty();
        assertThat(stranger.get(ROUTES.getLast()).expect(200).body()).endsWith("\n; end, transactions: 0\n");

        product.operator().post("/v1/admin/keys/" + key.text("/id") + "/revoke").expect(200);
        for (String route : ROUTES) {
            stranger.get(route).expectApiError(401, "token_revoked");
        }
    }
}
