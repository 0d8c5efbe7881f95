package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a call costs, and what is on record of it. */
class MeteringIT {
    private final Product product = Product.shared();
    private final Upstream upstream = Upstream.shared();
    private final Tenant tenant = Tenant.of(product);

    @Test
    void thePricedBuiltInModelCostsTokensTimesPrice() {
        Minted minted = tenant.mintWith(1);
        Answer answer = minted.chat("builtin/priced-echo", "one two three four five six seven")
                .expect(200);
        BigDecimal cost = perMillion("2.5", answer.number("/usage/prompt_tokens"))
                .add(perMillion("10", answer.number("/usage/completion_tokens")));
        assertThat(cost).isPositive();
        assertThat(new BigDecimal(answer.header("X-LLMGateway-Cost").orElseThrow()))
                .isEqualByComparingTo(cost);
        assertBilled(minted, cost, "provider");
    }

    @Test
    void chargesAreRoundedHalfEvenToTheNanoDollar() {
        for (long[] tokens : new long[][] {{1, 1, 0}, {3, 1, 0}, {1_001, 37, 499}, {77_777, 63, 77_777}}) {
            Minted minted = tenant.mintWith(1);
            BigDecimal cost = Upstream.UNEVEN.price(tokens[0], tokens[1], tokens[2]);
            Answer answer = minted.chat(
                            Upstream.UNEVEN.name(), "usage=%d/%d/%d".formatted(tokens[0], tokens[1], tokens[2]))
                    .expect(200);
            assertThat(new BigDecimal(answer.header("X-LLMGateway-Cost").orElseThrow()))
                    .isEqualByComparingTo(cost);
            assertBilled(minted, cost, "provider");
        }
    }

    @Test
    void cachedInputHasAPriceOfItsOwn() {
        Minted minted = tenant.mintWith(1);
        minted.chat(Upstream.STEADY.name(), "usage=1000/10/600").expect(200);
        JsonNode entry = assertBilled(minted, new BigDecimal("0.00153"), "provider");
        assertThat(entry.path("tokens").toString())
                .contains("1000")
                .contains("600")
                .contains("10");
    }

    @Test
    void aStreamIsSettledBeforeItsLastByte() throws Exception {
        for (int round = 0; round < 20; round++) {
            Minted minted = tenant.mintWith(1);
            try (ChatStream stream = ChatStream.open(minted, Upstream.STEADY.name(), "usage=200/30")) {
                stream.readToTheEnd();
                assertThat(stream.done()).isTrue();
                Answer wallet = tenant.wallet(minted.walletId());
                assertThat(wallet.header("X-Ledger-Stale")).isEmpty();
                assertThat(wallet.money("/balance"))
                        .isEqualByComparingTo(BigDecimal.ONE.subtract(Upstream.STEADY.price(200, 30)));
                assertThat(wallet.money("/held")).isZero();
            }
        }
    }

    @Test
    void theUsageOfAClientThatHungUpIsStillTheProvidersOwn() throws Exception {
        Minted minted = tenant.mintWith(1);
        try (ChatStream stream = ChatStream.open(minted, Upstream.DRIPPING.name(), "usage=900/44")) {
            stream.readFrames(3);
        }
        awaitDebit(minted);
        assertBilled(minted, Upstream.DRIPPING.price(900, 44), "drained");
    }

    @Test
    void aCallUnderWayHoldsMoneyAndIsNotCutByARevocationOrAFreeze() throws Exception {
        Minted minted = tenant.mintWith(1);
        try (ChatStream stream = ChatStream.open(minted, Upstream.DRIPPING.name(), "go on usage=80/40")) {
            stream.readFrames(3);
            Answer meanwhile = tenant.wallet(minted.walletId());
            assertThat(meanwhile.money("/held")).isPositive();
            assertThat(meanwhile.money("/balance")).isEqualByComparingTo("1");
            assertThat(meanwhile.money("/available").add(meanwhile.money("/held")))
                    .isEqualByComparingTo("1");
            tenant.backend()
                    .post("/v1/sessions/" + minted.sessionId() + "/revoke")
                    .expect(200);
            tenant.backend()
                    .post("/v1/wallets/" + minted.walletId() + "/freeze")
                    .expect(200);
            stream.readToTheEnd();
            assertThat(stream.done()).isTrue();
        }
        assertBilled(minted, Upstream.DRIPPING.price(80, 40), "provider");
        minted.chat(Upstream.STEADY.name(), "hello").expect(401);
    }

    @Test
    void whenTheProjectCancelsAHangUpIsBilledByEstimateAndTheProviderStopsWorking() throws Exception {
        Tenant cancelling = Tenant.of(product, Json.object("disconnectPolicy", "cancel"));
        Minted minted = cancelling.mintWith(1);
        int hangUps = upstream.hangUps();
        try (ChatStream stream = ChatStream.open(minted, Upstream.ENDLESS.name(), "word by word")) {
            stream.readFrames(5);
        }
        await().atMost(Duration.ofSeconds(15)).until(() -> upstream.hangUps() > hangUps);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> cancelling.wallet(minted.walletId()).money("/held").signum() == 0);
        LedgerEntries entries = LedgerEntries.of(cancelling, minted.walletId()).ofType("usage_debit");
        assertThat(entries.entries()).hasSize(1);
        assertThat(entries.entries().getFirst().path("usageSource").stringValue())
                .isEqualTo("estimated");
        assertThat(entries.sum()).isNegative();
    }

    @Test
    void aStreamWithoutEndIsReadOnForABoundedTimeOnly() throws Exception {
        Minted minted = tenant.mintWith(1);
        int hangUps = upstream.hangUps();
        try (ChatStream stream = ChatStream.open(minted, Upstream.ENDLESS.name(), "on and on")) {
            stream.readFrames(5);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> upstream.hangUps() > hangUps);
        awaitDebit(minted);
        assertThat(debits(minted).entries().getFirst().path("usageSource").stringValue())
                .isEqualTo("estimated");
        assertThat(tenant.wallet(minted.walletId()).money("/held")).isZero();
    }

    @Test
    void aProviderThatReportsNoUsageIsBilledByEstimate() throws Exception {
        Minted minted = tenant.mintWith(1);
        minted.chat(Upstream.SILENT.name(), "some words to count").expect(200);
        JsonNode entry = debits(minted).entries().getFirst();
        assertThat(entry.path("usageSource").stringValue()).isEqualTo("estimated");
        assertThat(LedgerEntries.amount(entry)).isNegative();

        Minted streaming = tenant.mintWith(1);
        try (ChatStream stream = ChatStream.open(streaming, Upstream.SILENT.name(), "some words to count")) {
            stream.readToTheEnd();
            assertThat(stream.done()).isTrue();
        }
        JsonNode streamed = debits(streaming).entries().getFirst();
        assertThat(streamed.path("usageSource").stringValue()).isEqualTo("estimated");
        assertThat(LedgerEntries.amount(streamed)).isNegative();
    }

    @Test
    void aFailureBeforeTheFirstByteIsAnHttpErrorAndFreesTheHold() {
        Minted minted = tenant.mintWith(1);
        for (boolean stream : new boolean[] {false, true}) {
            Map<String, Object> body = Minted.chatBody(Upstream.FAILING.name(), "hello");
            body.put("stream", stream);
            minted.gateway().post("/v1/chat/completions", body).expectGatewayError(502, "api_error");
            body.put("model", Upstream.REFUSING.name());
            Answer refused = minted.gateway().post("/v1/chat/completions", body);
            refused.expectGatewayError(400, "invalid_request_error");
        }
        Answer wallet = tenant.wallet(minted.walletId());
        assertThat(wallet.money("/held")).isZero();
        assertThat(wallet.money("/balance")).isEqualByComparingTo("1");
        assertThat(debits(minted).entries()).isEmpty();
    }

    @Test
    void aStreamThatBreaksOffEndsWithAnErrorFrameAndIsBilledByEstimate() throws Exception {
        Minted minted = tenant.mintWith(1);
        try (ChatStream stream = ChatStream.open(minted, Upstream.BREAKING.name(), "it breaks")) {
            stream.readToTheEnd();
            assertThat(stream.done()).as("[DONE]").isFalse();
            JsonNode last = stream.frames().getLast();
            assertThat(last.path("error").path("message").stringValue("")).isNotBlank();
            assertThat(last.path("error").path("type").stringValue("")).isEqualTo("api_error");
        }
        JsonNode entry = debits(minted).entries().getFirst();
        assertThat(entry.path("usageSource").stringValue()).isEqualTo("estimated");
        assertThat(LedgerEntries.amount(entry)).isNegative();
        assertThat(tenant.wallet(minted.walletId()).money("/held")).isZero();
    }

    @Test
    void aCostAboveTheHoldIsTakenFromWhatIsLeftAndTheRestIsALossOnTheEntry() {
        Minted minted = tenant.mintWith("0.02");
        minted.chat(Upstream.STEADY.name(), "usage=100000/1000").expect(200);
        JsonNode entry = debits(minted).entries().getFirst();
        assertThat(LedgerEntries.amount(entry)).isEqualByComparingTo("-0.02");
        assertThat(new BigDecimal(entry.path("loss").stringValue()))
                .isEqualByComparingTo(Upstream.STEADY.price(100_000, 1_000).subtract(new BigDecimal("0.02")));
        assertThat(tenant.wallet(minted.walletId()).money("/balance")).isZero();
    }

    @Test
    void aFreeModelCostsNothingAndHasAnEntryInTestModeToo() {
        for (Minted minted : List.of(tenant.mint(), tenant.mintTest())) {
            Answer answer = minted.chat("builtin/free-chat", "hello").expect(200);
            assertThat(new BigDecimal(answer.header("X-LLMGateway-Cost").orElseThrow()))
                    .isZero();
            Answer balance = minted.browser().get("/v1/wallet/balance").expect(200);
            assertThat(balance.text("/balance")).isEqualTo("0");
            assertThat(balance.text("/recentLedger/0/type")).isEqualTo("usage_debit");
            assertThat(balance.text("/recentLedger/0/amount")).isEqualTo("0");
            assertThat(balance.text("/recentLedger/0/model")).isEqualTo("builtin/free-chat");
        }
    }

    @Test
    void autoPicksWithinScopeAndBalance() {
        assertThat(tenant.mintTest().chat("auto", "hello").expect(200).text("/model"))
                .startsWith("builtin/free");
        assertThat(tenant.mint().chat("auto", "hello").expect(200).text("/model"))
                .startsWith("builtin/free");
        Minted scoped = tenant.mint(Json.object(
                "customer",
                "auto-" + UUID.randomUUID(),
                "scope",
                Json.object("models", List.of(Upstream.STEADY.name()))));
        tenant.credit(scoped.walletId(), 1);
        scoped.chat("auto", "usage=10/10").expect(200);
        JsonNode entry = assertBilled(scoped, Upstream.STEADY.price(10, 10), "provider");
        assertThat(entry.path("model").stringValue()).isEqualTo(Upstream.STEADY.name());
    }

    @Test
    void theProviderGetsItsOwnKeyAFixedLimitAndTheWishForUsage() throws Exception {
        Minted minted = tenant.mintWith(1);
        String marker = "marker" + UUID.randomUUID().toString().replace("-", "");
        Map<String, Object> body = Minted.streamBody(Upstream.STEADY.name(), marker);
        body.remove("max_tokens");
        assertThat(minted.gateway()
                        .post("/v1/chat/completions", body)
                        .expect(200)
                        .body())
                .contains(marker);
        List<Upstream.Received> received = upstream.received(marker);
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().authorization()).isEqualTo("Bearer " + Upstream.KEY);
        JsonNode sent = received.getFirst().body();
        assertThat(sent.path("model").stringValue()).isEqualTo("steady");
        assertThat(sent.path("max_tokens").intValue(0)).isEqualTo(4_096);
        assertThat(sent.path("stream_options").path("include_usage").booleanValue(false))
                .isTrue();
        assertThat(sent.toString()).doesNotContain(minted.token()).doesNotContain(minted.walletId());
    }

    @Test
    void aRepeatedIdempotencyKeyIsNotChargedTwiceAndNamesTheFirstRequest() {
        Minted minted = tenant.mintWith(1);
        Api gateway = minted.gateway().idempotent("chat-" + UUID.randomUUID());
        Map<String, Object> body = Minted.chatBody(Upstream.STEADY.name(), "once usage=50/10");
        Answer first = gateway.post("/v1/chat/completions", body).expect(200);
        Answer second = gateway.post("/v1/chat/completions", body);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body()).contains(first.header("X-Request-Id").orElseThrow());
        assertBilled(minted, Upstream.STEADY.price(50, 10), "provider");
    }

    @Test
    void aCallThatFailedMayBeRepeatedWithItsIdempotencyKey() {
        Minted minted = tenant.mint();
        Api gateway = minted.gateway().idempotent("retry-" + UUID.randomUUID());
        Map<String, Object> body = Minted.chatBody(Upstream.STEADY.name(), "at last usage=50/10");
        gateway.post("/v1/chat/completions", body).expectGatewayError(402, "billing_error");
        tenant.credit(minted.walletId(), 1);
        gateway.post("/v1/chat/completions", body).expect(200);
        assertBilled(minted, Upstream.STEADY.price(50, 10), "provider");

        Api failing = minted.gateway().idempotent("failing-" + UUID.randomUUID());
        Map<String, Object> hopeless = Minted.chatBody(Upstream.FAILING.name(), "never");
        failing.post("/v1/chat/completions", hopeless).expectGatewayError(502, "api_error");
        failing.post("/v1/chat/completions", hopeless).expectGatewayError(502, "api_error");
    }

    @Test
    void theReceiptOfACallIsComplete() {
        Minted minted = tenant.mintWith(1);
        Answer chat = minted.chat(Upstream.STEADY.name(), "usage=300/20/100").expect(200);
        String requestId = chat.header("X-Request-Id").orElseThrow();
        BigDecimal cost = Upstream.STEADY.price(300, 20, 100);
        JsonNode entry = assertBilled(minted, cost, "provider");
        assertThat(entry.path("requestId").stringValue()).isEqualTo(requestId);
        assertThat(entry.path("sessionId").stringValue()).isEqualTo(minted.sessionId());
        assertThat(entry.path("model").stringValue()).isEqualTo(Upstream.STEADY.name());
        for (Api reader : List.of(tenant.backend(), minted.browser())) {
            Answer receipt = reader.get("/v1/requests/" + requestId).expect(200);
            assertThat(receipt.body())
                    .contains(requestId)
                    .contains(minted.walletId())
                    .contains(minted.sessionId())
                    .contains(Upstream.STEADY.name())
                    .contains("provider")
                    .contains(entry.path("id").stringValue())
                    .contains("\"" + cost.toPlainString() + "\"")
                    .contains("300")
                    .contains("100")
                    .contains("20");
            assertThat(receipt.body()).containsPattern("\"priceVersion\":\\d+");
        }
    }

    @Test
    void aFirstErrorDoesNotCountAsACall() {
        Minted minted = tenant.mintWith(1);
        Answer failed = minted.chat(Upstream.FAILING.name(), "hello");
        Answer receipt = tenant.backend()
                .get("/v1/requests/" + failed.header("X-Request-Id").orElseThrow())
                .expect(200);
        assertThat(receipt.body()).contains("released");
    }

    private void awaitDebit(Minted minted) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !debits(minted).entries().isEmpty());
    }

    private LedgerEntries debits(Minted minted) {
        return LedgerEntries.of(tenant, minted.walletId()).ofType("usage_debit");
    }

    /** Exactly one debit of this amount, nothing held any more, and a balance that is lower by it. */
    private JsonNode assertBilled(Minted minted, BigDecimal cost, String source) {
        LedgerEntries all = LedgerEntries.of(tenant, minted.walletId());
        all.assertTheyAddUp();
        LedgerEntries debits = all.ofType("usage_debit");
        assertThat(debits.entries()).hasSize(1);
        JsonNode entry = debits.entries().getFirst();
        assertThat(LedgerEntries.amount(entry).negate()).isEqualByComparingTo(cost);
        assertThat(entry.path("usageSource").stringValue("none")).isEqualTo(source);
        Answer wallet = tenant.wallet(minted.walletId());
        assertThat(wallet.money("/held")).isZero();
        assertThat(wallet.money("/balance")).isEqualByComparingTo(BigDecimal.ONE.subtract(cost));
        return entry;
    }

    private static BigDecimal perMillion(String price, long tokens) {
        return new BigDecimal(price)
                .multiply(BigDecimal.valueOf(tokens))
                .movePointLeft(6)
                .setScale(9, RoundingMode.HALF_EVEN);
    }
}
