package dev.purser.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Many callers at one wallet: not a cent more than there is. */
class ConcurrencyIT {
    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);

    @Test
    void ofTwoHundredDebitsOfACentOnADollarExactlyAHundredSucceed() {
        Minted minted = tenant.mintWith(1);
        String path = "/v1/wallets/" + minted.walletId() + "/debit";
        List<Answer> answers = Parallel.call(200, _ -> tenant.backend().post(path, Json.object("amount", 0.01)));
        assertThat(byStatus(answers)).isEqualTo(Map.of(200, 100L, 402, 100L));
        answers.stream()
                .filter(answer -> answer.status() == 402)
                .forEach(answer -> answer.expectApiError(402, "insufficient_credits"));
        assertThat(tenant.wallet(minted.walletId()).money("/balance")).isZero();
        LedgerEntries entries = LedgerEntries.of(tenant, minted.walletId());
        entries.assertTheyAddUp();
        assertThat(entries.ofType("usage_debit").entries()).hasSize(100);
        assertThat(distinctBalances(answers))
                .as("each debit saw a balance of its own")
                .hasSize(100);
    }

    @Test
    void ofFiftyHoldsOfTenCentsOnADollarExactlyTenSucceed() {
        Minted minted = tenant.mintWith(1);
        String path = "/v1/wallets/" + minted.walletId() + "/holds";
        List<Answer> answers = Parallel.call(50, _ -> tenant.backend().post(path, Json.object("amount", "0.1")));
        Map<Integer, Long> byStatus = byStatus(answers);
        assertThat(byStatus.remove(402)).isEqualTo(40);
        assertThat(byStatus.values()).containsExactly(10L);
        Answer wallet = tenant.wallet(minted.walletId());
        assertThat(wallet.money("/balance")).isEqualByComparingTo("1");
        assertThat(wallet.money("/held")).isEqualByComparingTo("1");
        assertThat(wallet.money("/available")).isZero();
    }

    @Test
    void twoHundredChatsNeverSettleMoreThanTheSessionsCap() {
        Minted rich = tenant.mint();
        tenant.credit(rich.walletId(), 100);
        Minted minted = Minted.of(
                product,
                tenant.backend()
                        .post(
                                "/v1/sessions",
                                Json.object("customer", externalIdOf(rich), "scope", Json.object("maxSpend", 1)))
                        .expect(201));
        assertThat(minted.walletId()).isEqualTo(rich.walletId());
        Map<String, Object> body = Minted.chatBody(Upstream.DEAR.name(), "usage=10/3");
        body.put("max_tokens", 4);

        List<Answer> answers = Parallel.call(200, _ -> minted.gateway().post("/v1/chat/completions", body));

        assertThat(byStatus(answers).keySet()).isSubsetOf(200, 402);
        answers.stream()
                .filter(answer -> answer.status() == 402)
                .forEach(answer -> answer.expectGatewayError(402, "billing_error", "session_spend_cap"));
        LedgerEntries debits = LedgerEntries.of(tenant, minted.walletId()).ofType("usage_debit");
        long succeeded = byStatus(answers).getOrDefault(200, 0L);
        assertThat(debits.entries()).hasSize(Math.toIntExact(succeeded));
        assertThat(succeeded).as("the cap is used, not only kept").isPositive();
        assertThat(debits.sum().negate()).isLessThanOrEqualTo(BigDecimal.ONE);
        assertThat(debits.sum().negate())
                .isEqualByComparingTo(Upstream.DEAR.price(10, 3).multiply(BigDecimal.valueOf(succeeded)));
        Answer wallet = tenant.wallet(minted.walletId());
        assertThat(wallet.money("/held")).isZero();
        assertThat(wallet.money("/balance")).isEqualByComparingTo(new BigDecimal("100").add(debits.sum()));
    }

    @Test
    void chatsInParallelNeverSpendMoreThanTheWalletHas() {
        Minted minted = tenant.mintWith("0.5");
        Map<String, Object> body = Minted.streamBody(Upstream.DEAR.name(), "usage=10/3");
        body.put("max_tokens", 4);
        List<Answer> answers = Parallel.call(100, _ -> minted.gateway().post("/v1/chat/completions", body));
        assertThat(byStatus(answers).keySet()).isSubsetOf(200, 402);
        long succeeded = byStatus(answers).getOrDefault(200, 0L);
        BigDecimal spent = Upstream.DEAR.price(10, 3).multiply(BigDecimal.valueOf(succeeded));
        assertThat(succeeded).isPositive();
        assertThat(spent).isLessThanOrEqualTo(new BigDecimal("0.5"));
        Answer wallet = tenant.wallet(minted.walletId());
        assertThat(wallet.money("/balance")).isEqualByComparingTo(new BigDecimal("0.5").subtract(spent));
        assertThat(wallet.money("/held")).isZero();
        assertThat(LedgerEntries.of(tenant, minted.walletId()).sum()).isEqualByComparingTo(wallet.money("/balance"));
    }

    @Test
    void ofThirtyRefreshesWithOneTokenSixteenSucceedAndAllTheirTokensWork() {
        Minted minted = tenant.mint();
        List<Answer> answers = Parallel.call(30, _ -> minted.browser().post("/v1/sessions/refresh"));
        assertThat(byStatus(answers)).isEqualTo(Map.of(200, 16L, 401, 14L));
        answers.stream()
                .filter(Answer::ok)
                .forEach(answer -> product.api()
                        .as(answer.text("/sessionToken"))
                        .get("/v1/wallet/balance")
                        .expect(200));
    }

    @Test
    void parallelMintsOfANewCustomerMakeOneCustomerAndOneWallet() {
        String externalId = "newcomer-" + UUID.randomUUID();
        List<Minted> minted = Parallel.call(20, _ -> tenant.mint(externalId));
        assertThat(minted.stream().map(Minted::customerId).distinct()).hasSize(1);
        assertThat(minted.stream().map(Minted::walletId).distinct()).hasSize(1);
        assertThat(minted.stream().map(Minted::sessionId).distinct()).hasSize(20);
        assertThat(minted.stream().map(Minted::token).distinct()).hasSize(20);
        Answer found =
                tenant.backend().get("/v1/customers?externalId=" + externalId).expect(200);
        assertThat(found.at("/customers").size()).isEqualTo(1);
        assertThat(found.text("/customers/0/wallet/id"))
                .isEqualTo(minted.getFirst().walletId());
    }

    @Test
    void aRequestSentTwentyTimesAtOnceWithOneIdempotencyKeyHasOneEffectAndOneAnswer() {
        Minted minted = tenant.mintWith(5);
        Api backend = tenant.backend().idempotent("once-" + UUID.randomUUID());
        String path = "/v1/wallets/" + minted.walletId() + "/debit";
        List<Answer> answers = Parallel.call(20, _ -> backend.post(path, Json.object("amount", "0.5")));
        answers.forEach(answer -> answer.expect(200));
        assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.header("Idempotent-Replayed").isPresent()))
                .hasSize(19);
        assertThat(tenant.wallet(minted.walletId()).money("/balance")).isEqualByComparingTo("4.5");
    }

    @Test
    void aMintSentTwentyTimesAtOnceWithOneIdempotencyKeyIsOneSession() {
        Api backend = tenant.backend().idempotent("mint-" + UUID.randomUUID());
        Map<String, Object> body = Json.object("customer", "twin-" + UUID.randomUUID());
        List<Answer> answers = Parallel.call(20, _ -> backend.post("/v1/sessions", body));
        answers.forEach(answer -> answer.expect(201));
        assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
        Minted.of(product, answers.getFirst())
                .browser()
                .get("/v1/wallet/balance")
                .expect(200);
    }

    @Test
    void creditsAndDebitsOfManyCallersAddUpToTheNanoDollar() {
        Minted minted = tenant.mintWith(10);
        String wallet = "/v1/wallets/" + minted.walletId();
        Parallel.call(
                100,
                caller -> caller % 2 == 0
                        ? tenant.backend()
                                .post(wallet + "/credit", Json.object("amount", "0.000000007"))
                                .expect(200)
                        : tenant.backend()
                                .post(wallet + "/debit", Json.object("amount", "0.000000003"))
                                .expect(200));
        assertThat(tenant.wallet(minted.walletId()).money("/balance")).isEqualByComparingTo("10.0000002");
        LedgerEntries.of(tenant, minted.walletId()).assertTheyAddUp();
    }

    private String externalIdOf(Minted minted) {
        return tenant.backend()
                .get("/v1/customers/" + minted.customerId())
                .expect(200)
                .text("/externalId");
    }

    private static Map<Integer, Long> byStatus(List<Answer> answers) {
        return new HashMap<>(answers.stream().collect(groupingBy(Answer::status, counting())));
    }

    private static Set<BigDecimal> distinctBalances(List<Answer> answers) {
        Set<BigDecimal> balances = new HashSet<>();
        answers.stream().filter(Answer::ok).forEach(answer -> balances.add(answer.money("/balance")));
        return balances;
    }
}
