package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Money comes in: from the browser's request through Stripe's events to the wallet, and back out again. */
class TopUpIT {
    private static final Product PRODUCT = new Product("top-up", Map.of("PURSER_RECONCILIATION_INTERVAL", "1h"));
    private static final Sandbox LIVE = Sandbox.live(PRODUCT);

    private final Tenant tenant = Tenant.of(PRODUCT, Json.object("markupPercent", 20));

    @AfterAll
    static void stop() {
        PRODUCT.close();
    }

    private static Answer topUp(Minted payer, Object amount) {
        return payer.browser().post("/v1/wallet/top-up", Json.object("amount", amount));
    }

    private BigDecimal balance(Minted payer) {
        return tenant.wallet(payer.walletId()).money("/balance");
    }

    private BigDecimal margin() {
        return tenant.backend().get("/v1/connect/status").expect(200).money("/marginBalance");
    }

    private void grantPromotion(Object dollars) {
        PRODUCT.operator()
                .post(
                        "/v1/admin/organizations/" + tenant.organizationId() + "/promotional-credits",
                        Json.object("amount", dollars))
                .expect(201);
    }

    private static JsonNode reconcile(String mode) {
        Answer answer = PRODUCT.operator().post("/v1/admin/reconciliations").expect(200);
        for (JsonNode report : answer.at("/reconciliations")) {
            if (mode.equals(report.path("mode").stringValue())) {
                assertThat(report.path("failure").isNull()).as(answer.body()).isTrue();
                return report;
            }
        }
        throw new AssertionError(answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "10, 0, 0, 10.5, 10, 0, 0",
        "25, 25, 0, 26.25, 20, 0, 5",
        "10, 20, 0, 10.5, 8.333333, 0, 1.666667",
        "10, 0, 50, 10.5, 10, 5, 0"
    })
    void aPaymentIsCreditedAsItWasQuoted(
            int amount, int markup, int bonus, BigDecimal total, BigDecimal net, BigDecimal given, BigDecimal margin) {
        tenant.change(Json.object("markupPercent", markup, "bonusPercent", bonus));
        grantPromotion(100);
        Minted payer = tenant.mint();
        Answer quote = topUp(payer, amount).expect(200);

        assertThat(quote.at("/totalAmount").decimalValue()).isEqualByComparingTo(total);
        assertThat(quote.at("/netCredited").decimalValue()).isEqualByComparingTo(net);
        assertThat(quote.at("/bonusCredited").decimalValue()).isEqualByComparingTo(given);
        assertThat(quote.at("/isInternational").booleanValue()).isFalse();
        assertThat(balance(payer)).isZero();

        LIVE.pay(quote.text("/clientSecret"));

        assertThat(balance(payer)).isEqualByComparingTo(net.add(given));
        assertThat(margin()).isEqualByComparingTo(margin);
        assertThat(tenant.backend()
                        .get("/v1/customers/" + payer.customerId())
                        .expect(200)
                        .money("/lifetimeToppedUp"))
                .as("without the bonus")
                .isEqualByComparingTo(net);
    }

    @Test
    void aBonusIsNoMoreThanThePromotionalCreditsThatAreLeft() {
        tenant.change(Json.object("markupPercent", 0, "bonusPercent", 50));
        grantPromotion(3);
        Minted payer = tenant.mint();
        LIVE.pay(topUp(payer, 10).expect(200).text("/clientSecret"));
        LIVE.pay(topUp(payer, 10).expect(200).text("/clientSecret"));
        assertThat(balance(payer)).isEqualByComparingTo("23");
    }

    @Test
    void aWalletMayHaveTermsOfItsOwn() {
        Minted payer = tenant.mint();
        Answer changed = tenant.backend()
                .patch("/v1/wallets/" + payer.walletId(), Json.object("markupPercent", 25, "bonusPercent", null))
                .expect(200);
        assertThat(changed.number("/markupPercent")).isEqualTo(25);
        assertThat(changed.at("/bonusPercent").isNull()).isTrue();
        assertThat(topUp(payer, 25).expect(200).number("/netCredited")).isEqualTo(20);
        tenant.backend()
                .patch("/v1/wallets/" + payer.walletId(), Json.object("markupPercent", null))
                .expect(200);
        assertThat(topUp(payer, 10).expect(200).at("/netCredited").decimalValue())
                .isEqualByComparingTo("8.333333");
        tenant.backend()
                .patch("/v1/wallets/" + payer.walletId(), Json.object("markupPercent", 101))
                .expectApiError(400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "5001", "10.5", "\"10\"", "null", "-10", "1e20000000", "[10]"})
    void anAmountThatIsNoneIsRefusedByName(String amount) {
        Answer refused = tenant.mint()
                .browser()
                .post("/v1/wallet/top-up", "{\"amount\":" + amount + "}")
                .expectApiError(400, "invalid_request");
        assertThat(refused.text("/message")).startsWith("amount ");
        assertThat(refused.text("/details/0/field")).isEqualTo("amount");
    }

    @Test
    void testMoneyStaysInItsOwnWorld() {
        Sandbox test = Sandbox.test(PRODUCT);
        Minted payer = tenant.mintTest();
        Answer quote = topUp(payer, 10).expect(200);
        LIVE.post("/v1/payment_intents/" + Sandbox.intentOf(quote.text("/clientSecret")) + "/confirm")
                .expect(404);
        test.pay(quote.text("/clientSecret"));
        assertThat(payer.browser().get("/v1/wallet/balance").expect(200).money("/balance"))
                .isEqualByComparingTo("8.333333");
        assertThat(margin()).isZero();
    }

    @Test
    void aCardThatIsDeclinedCreditsNothing() {
        Minted payer = tenant.mint();
        String secret = topUp(payer, 10).expect(200).text("/clientSecret");
        LIVE.post(
                        "/v1/payment_intents/" + Sandbox.intentOf(secret) + "/confirm",
                        "payment_method",
                        "pm_card_chargeDeclined")
                .expect(402);
        LIVE.flush();
        assertThat(balance(payer)).isZero();
        LIVE.pay(secret);
        assertThat(balance(payer)).isEqualByComparingTo("8.333333");
    }

    @Test
    void aRepeatedRequestIsTheSamePayment() {
        Minted payer = tenant.mint();
        Api keyed = payer.browser().idempotent("top-up-" + UUID.randomUUID());
        Answer first =
                keyed.post("/v1/wallet/top-up", Json.object("amount", 10)).expect(200);
        Answer again =
                keyed.post("/v1/wallet/top-up", Json.object("amount", 10)).expect(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).hasValue("true");
        keyed.post("/v1/wallet/top-up", Json.object("amount", 11)).expectApiError(409, "idempotency_conflict");
    }

    @Test
    void aRepeatedRequestIsTheSamePaymentAlsoWithARefreshedToken() {
        Minted payer = tenant.mint();
        String key = "top-up-" + UUID.randomUUID();
        Answer first = payer.browser()
                .idempotent(key)
                .post("/v1/wallet/top-up", Json.object("amount", 10))
                .expect(200);
        String refreshed =
                payer.browser().post("/v1/sessions/refresh").expect(200).text("/sessionToken");
        Api browser = PRODUCT.api().as(refreshed).idempotent(key);
        Answer again =
                browser.post("/v1/wallet/top-up", Json.object("amount", 10)).expect(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).hasValue("true");
        browser.post("/v1/wallet/top-up", Json.object("amount", 11)).expectApiError(409, "idempotency_conflict");
        assertThat(intentsOf(payer)).isEqualTo(1);
    }

    @Test
    void aLostAnswerOfStripesIsTheSamePaymentWhenAskedAgain() {
        Minted payer = tenant.mint();
        Api keyed = payer.browser().idempotent("top-up-" + UUID.randomUUID());
        LIVE.fault("lose_answer", "POST", "/v1/payment_intents", -1);
        try {
            keyed.post("/v1/wallet/top-up", Json.object("amount", 10))
                    .expectApiError(503, "payment_provider_unavailable");
        } finally {
            LIVE.clearFaults();
        }
        long made = intentsOf(payer);
        String secret = keyed.post("/v1/wallet/top-up", Json.object("amount", 10))
                .expect(200)
                .text("/clientSecret");
        assertThat(made).isEqualTo(1);
        assertThat(intentsOf(payer)).isEqualTo(1);
        LIVE.pay(secret);
        assertThat(balance(payer)).isEqualByComparingTo("8.333333");
    }

    private static long intentsOf(Minted payer) {
        long found = 0;
        for (JsonNode intent : LIVE.get("/v1/payment_intents?limit=100").path("data")) {
            found +=
                    payer.walletId().equals(intent.at("/metadata/purser_wallet").stringValue("")) ? 1 : 0;
        }
        return found;
    }

    @Test
    void oneCustomerIsOneCustomerOfStripes() {
        Minted payer = tenant.mint(Json.object(
                "customer", Json.object("externalId", "payer", "email", "ada@example.com", "name", "Ada Lovelace")));
        List<Answer> answers = Parallel.call(8, _ -> topUp(payer, 10));
        Set<String> customers = new HashSet<>();
        for (Answer answer : answers) {
            String intent = Sandbox.intentOf(answer.expect(200).text("/clientSecret"));
            customers.add(
                    LIVE.get("/v1/payment_intents/" + intent).path("customer").stringValue());
        }
        assertThat(customers).hasSize(1);
        JsonNode customer = LIVE.get("/v1/customers/" + customers.iterator().next());
        assertThat(customer.path("email").stringValue()).isEqualTo("ada@example.com");
        assertThat(customer.path("name").stringValue()).isEqualTo("Ada Lovelace");
        assertThat(Sandbox.intentOf(topUp(payer, 10).expect(200).text("/clientSecret")))
                .satisfies(intent -> assertThat(LIVE.get("/v1/payment_intents/" + intent)
                                .path("customer")
                                .stringValue())
                        .isEqualTo(customers.iterator().next()));
    }

    @Test
    void everyEventTenTimesInAnyOrderMakesTheSameBooks() {
        long seed = Long.getLong("purser.e2e.seed", System.nanoTime());
        Minted paid = tenant.mint();
        Minted refunded = tenant.mint();
        Minted disputed = tenant.mint();
        LIVE.pay(topUp(paid, 100).expect(200).text("/clientSecret"));
        String refundedSecret = topUp(refunded, 50).expect(200).text("/clientSecret");
        LIVE.pay(refundedSecret);
        LIVE.refund(Sandbox.intentOf(refundedSecret), 1_000);
        LIVE.refund(Sandbox.intentOf(refundedSecret), 500);
        String disputedSecret = topUp(disputed, 30).expect(200).text("/clientSecret");
        LIVE.pay(disputedSecret);
        LIVE.close(LIVE.dispute(Sandbox.intentOf(disputedSecret)), "won");
        String before = books(List.of(paid, refunded, disputed));

        LIVE.redeliverAll(10, 16, seed);

        assertThat(books(List.of(paid, refunded, disputed))).as("seed %d", seed).isEqualTo(before);
        assertThat(balance(paid)).isEqualByComparingTo("83.333333");
        assertThat(balance(disputed)).isEqualByComparingTo("25");
    }

    private String books(List<Minted> payers) {
        StringBuilder books = new StringBuilder("margin " + margin());
        for (Minted payer : payers) {
            books.append('\n').append(tenant.wallet(payer.walletId()).body());
            LedgerEntries.of(tenant, payer.walletId())
                    .entries()
                    .forEach(entry -> books.append('\n').append(entry));
        }
        return books.toString();
    }

    @Test
    void aRefundGoesBackInProportionAndWhatIsSpentIsALoss() {
        Minted payer = tenant.mint();
        String secret = topUp(payer, 10).expect(200).text("/clientSecret");
        LIVE.pay(secret);
        LIVE.refund(Sandbox.intentOf(secret), 525);
        assertThat(balance(payer)).isEqualByComparingTo("4.1666665");
        assertThat(margin()).isEqualByComparingTo("0.8333335");
        tenant.backend()
                .post("/v1/wallets/" + payer.walletId() + "/debit", Json.object("amount", "4"))
                .expect(200);
        LIVE.refund(Sandbox.intentOf(secret), null);
        assertThat(balance(payer)).isZero();
        assertThat(margin()).isZero();
    }

    @Test
    void aRefundThatIsToldBeforeThePaymentIsAppliedAfterIt() {
        Minted payer = tenant.mint();
        String secret = topUp(payer, 10).expect(200).text("/clientSecret");
        LIVE.pause();
        LIVE.confirm(secret);
        LIVE.post("/v1/refunds", "payment_intent", Sandbox.intentOf(secret), "amount", 525)
                .expect(200);
        LIVE.redeliver("charge.refunded");
        assertThat(balance(payer)).isZero();
        LIVE.redeliver("payment_intent.succeeded");
        LIVE.resumeAndDrop();
        assertThat(balance(payer)).isEqualByComparingTo("4.1666665");
        assertThat(margin()).isEqualByComparingTo("0.8333335");
    }

    @Test
    void aDisputeFreezesTheWalletUntilItIsOver() {
        Minted winner = tenant.mint();
        Minted loser = tenant.mint();
        String won = topUp(winner, 10).expect(200).text("/clientSecret");
        String lost = topUp(loser, 10).expect(200).text("/clientSecret");
        LIVE.pay(won);
        LIVE.pay(lost);
        String first = LIVE.dispute(Sandbox.intentOf(won));
        String second = LIVE.dispute(Sandbox.intentOf(lost));
        assertThat(tenant.wallet(winner.walletId()).text("/status")).isEqualTo("frozen");
        assertThat(balance(winner)).isZero();
        assertThat(margin()).isZero();
        winner.browser().get("/v1/wallet/balance").expectApiError(402, "wallet_frozen");
        LIVE.close(first, "won");
        LIVE.close(second, "lost");
        assertThat(tenant.wallet(winner.walletId()).text("/status")).isEqualTo("active");
        assertThat(tenant.wallet(loser.walletId()).text("/status")).isEqualTo("active");
        assertThat(balance(winner)).isEqualByComparingTo("8.333333");
        assertThat(balance(loser)).isZero();
        assertThat(margin()).isEqualByComparingTo("1.666667");
    }

    @Test
    void aPaymentOfAnotherAmountIsParkedForTheOperator() {
        Minted payer = tenant.mint();
        String secret = topUp(payer, 10).expect(200).text("/clientSecret");
        String intent = Sandbox.intentOf(secret);
        LIVE.post("/v1/payment_intents/" + intent, "amount", 1_000).expect(200);
        LIVE.pay(secret);
        assertThat(balance(payer)).isZero();
        Answer parked = PRODUCT.operator()
                .get("/v1/admin/topups?status=parked&limit=200")
                .expect(200);
        assertThat(parked.body()).contains(intent);
        assertThat(findings(reconcile("live"), intent)).contains("parked");
        assertThat(findings(reconcile("live"), intent))
                .as("until it is resolved")
                .contains("parked");
        LIVE.refund(intent, null);
        assertThat(findings(reconcile("live"), intent)).as("refunded").isEmpty();
    }

    /** Whatever an event says of its currency, mode or payment: only what was quoted is credited. */
    @Test
    void aPaymentInAnotherCurrencyOrModeIsParked() throws GeneralSecurityException {
        for (String difference : List.of("currency", "mode", "livemode")) {
            Minted payer = tenant.mint();
            String intent = Sandbox.intentOf(topUp(payer, 10).expect(200).text("/clientSecret"));
            String topUpId = LIVE.get("/v1/payment_intents/" + intent)
                    .at("/metadata/purser_topup")
                    .stringValue();
            String event = Json.write(Json.object(
                    "id",
                    "evt_forged" + difference,
                    "object",
                    "event",
                    "type",
                    "payment_intent.succeeded",
                    "created",
                    Instant.now().getEpochSecond(),
                    "livemode",
                    !difference.equals("livemode"),
                    "data",
                    Json.object(
                            "object",
                            Json.object(
                                    "id",
                                    intent,
                                    "object",
                                    "payment_intent",
                                    "status",
                                    "succeeded",
                                    "amount_received",
                                    1_050,
                                    "currency",
                                    difference.equals("currency") ? "eur" : "usd",
                                    "livemode",
                                    difference.equals("currency"),
                                    "metadata",
                                    Json.object("purser_topup", topUpId, "purser_mode", "live")))));
            String secret = difference.equals("mode") ? Sandbox.test(PRODUCT).webhookSecret() : LIVE.webhookSecret();
            deliver(event, secret);
            assertThat(balance(payer)).as(difference).isZero();
            assertThat(PRODUCT.operator()
                            .get("/v1/admin/topups?status=parked&limit=200")
                            .expect(200)
                            .body())
                    .as(difference)
                    .contains(intent);
        }
    }

    /** Whoever knows the test mode's secret has no say about live money. */
    @Test
    void aRefundSignedInTheOtherModeChangesNothing() throws GeneralSecurityException {
        Minted payer = tenant.mint();
        String clientSecret = topUp(payer, 10).expect(200).text("/clientSecret");
        String intent = Sandbox.intentOf(clientSecret);
        LIVE.pay(clientSecret);
        String topUpId = LIVE.get("/v1/payment_intents/" + intent)
                .at("/metadata/purser_topup")
                .stringValue();
        Object charge = Json.object(
                "id",
                "ch_forged",
                "object",
                "charge",
                "payment_intent",
                intent,
                "amount_refunded",
                1_050,
                "livemode",
                true,
                "metadata",
                Json.object("purser_topup", topUpId, "purser_mode", "live"));
        Map<String, Object> event = Json.object(
                "object",
                "event",
                "type",
                "charge.refunded",
                "created",
                Instant.now().getEpochSecond(),
                "livemode",
                true,
                "data",
                Json.object("object", charge));
        String before = books(List.of(payer));

        deliver(withId(event, "evt_forged_refund"), Sandbox.test(PRODUCT).webhookSecret());
        assertThat(books(List.of(payer))).isEqualTo(before);
        assertThat(balance(payer)).isEqualByComparingTo("8.333333");

        deliver(withId(event, "evt_refund"), LIVE.webhookSecret());
        assertThat(balance(payer)).as("signed by the live mode's secret").isZero();
    }

    private static String withId(Map<String, Object> event, String id) {
        Map<String, Object> whole = new HashMap<>(event);
        whole.put("id", id);
        return Json.write(whole);
    }

    private static void deliver(String event, String secret) throws GeneralSecurityException {
        String signature = signature(event, secret, Instant.now().getEpochSecond());
        PRODUCT.api()
                .with("Stripe-Signature", signature)
                .post("/stripe/webhook", event)
                .expect(200);
    }

    private static Set<String> findings(JsonNode report, String intent) {
        Set<String> kinds = new HashSet<>();
        for (JsonNode finding : report.path("findings")) {
            if (intent.equals(finding.path("stripeId").stringValue(""))) {
                kinds.add(finding.path("kind").stringValue());
            }
        }
        return kinds;
    }

    @Test
    void webhooksThatAreLostLoseNothing() {
        Minted payer = tenant.mint();
        Minted refunded = tenant.mint();
        String secret = topUp(payer, 10).expect(200).text("/clientSecret");
        String refundedSecret = topUp(refunded, 10).expect(200).text("/clientSecret");
        LIVE.pause();
        LIVE.confirm(secret);
        LIVE.confirm(refundedSecret);
        LIVE.post("/v1/refunds", "payment_intent", Sandbox.intentOf(refundedSecret), "amount", 525)
                .expect(200);
        LIVE.resumeAndDrop();
        LIVE.flush();
        assertThat(balance(payer)).isZero();

        JsonNode report = reconcile("live");

        assertThat(balance(payer)).isEqualByComparingTo("8.333333");
        assertThat(balance(refunded)).isEqualByComparingTo("4.1666665");
        assertThat(report.path("caughtUp").intValue()).isEqualTo(2);
        assertThat(findings(report, Sandbox.intentOf(secret))).isEmpty();
        assertThat(PRODUCT.operator()
                        .get("/v1/admin/reconciliations")
                        .expect(200)
                        .at("/reconciliations")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void anEventThatCannotBeHandledIsTriedAgainAndStopsNoOther() {
        Minted disputed = tenant.mint();
        Minted refunded = tenant.mint();
        String disputedSecret = topUp(disputed, 10).expect(200).text("/clientSecret");
        String refundedSecret = topUp(refunded, 10).expect(200).text("/clientSecret");
        LIVE.pay(disputedSecret);
        LIVE.pay(refundedSecret);
        String intent = Sandbox.intentOf(disputedSecret);
        LIVE.pause();
        LIVE.post("/v1/refunds", "payment_intent", Sandbox.intentOf(refundedSecret), "amount", 525)
                .expect(200);
        LIVE.post("/sandbox/disputes", "payment_intent", intent).expect(200);
        LIVE.resumeAndDrop();
        LIVE.fault("fail", "GET", "/v1/payment_intents/" + intent, -1);
        try {
            assertThat(reconcile("live").path("findings").toString()).contains("event_failed");
        } finally {
            LIVE.clearFaults();
        }
        assertThat(balance(refunded)).isEqualByComparingTo("4.1666665");
        assertThat(tenant.wallet(disputed.walletId()).text("/status")).isEqualTo("active");

        assertThat(reconcile("live").path("findings").toString()).doesNotContain("event_failed");

        assertThat(tenant.wallet(disputed.walletId()).text("/status")).isEqualTo("frozen");
    }

    /** What a retry asks of Stripe must not depend on settings that may have changed since the first try. */
    @Test
    void aPaymentWhoseAnswerWasLostIsFoundThoughTheBrandHasChanged() {
        Minted payer = tenant.mint();
        Api keyed = payer.browser().idempotent("top-up-" + UUID.randomUUID());
        LIVE.fault("lose_answer", "POST", "/v1/payment_intents", -1);
        try {
            keyed.post("/v1/wallet/top-up", Json.object("amount", 10))
                    .expectApiError(503, "payment_provider_unavailable");
        } finally {
            LIVE.clearFaults();
        }
        tenant.change(Json.object("brandName", "Another", "statementDescriptorSuffix", "ANOTHER"));
        String secret = keyed.post("/v1/wallet/top-up", Json.object("amount", 10))
                .expect(200)
                .text("/clientSecret");
        assertThat(intentsOf(payer)).isEqualTo(1);
        LIVE.pay(secret);
        assertThat(balance(payer)).isEqualByComparingTo("8.333333");
    }

    @Test
    void anEventIsTakenOnlyUnderASignatureThatFits() throws GeneralSecurityException {
        String event = """
            {"id":"evt_1","object":"event","type":"ping","created":1,"livemode":true,"data":{"object":{"object":"balance"}}}\
            """;
        long now = Instant.now().getEpochSecond();
        Api webhook = PRODUCT.api();
        String good = signature(event, LIVE.webhookSecret(), now);
        assertThat(webhook.with("Stripe-Signature", good)
                        .post("/stripe/webhook", event)
                        .expect(200)
                        .at("/received")
                        .booleanValue())
                .isTrue();
        webhook.with("Stripe-Signature", signature(event, Sandbox.test(PRODUCT).webhookSecret(), now))
                .post("/stripe/webhook", event)
                .expect(200);
        webhook.with("Stripe-Signature", good.replace("v1=", "v0=00,v1="))
                .post("/stripe/webhook", event)
                .expect(200);
        List<String> bad = List.of(
                signature(event, "whsec_another", now),
                signature(event, LIVE.webhookSecret(), now - 400),
                signature(event + " ", LIVE.webhookSecret(), now),
                "t=" + now,
                "v1=00",
                "t=x,v1=00",
                "t,v1",
                "nonsense",
                " ");
        for (String header : bad) {
            webhook.with("Stripe-Signature", header)
                    .post("/stripe/webhook", event)
                    .expectApiError(400, "invalid_signature");
        }
        webhook.post("/stripe/webhook", event).expectApiError(400, "invalid_signature");
        String noEvent = "[1]";
        webhook.with("Stripe-Signature", signature(noEvent, LIVE.webhookSecret(), now))
                .post("/stripe/webhook", noEvent)
                .expectApiError(400, "invalid_json");
        webhook.with("Stripe-Signature", good)
                .post("/stripe/webhook", " ".repeat(256 * 1024 + 1))
                .expectApiError(413, "request_too_large");
    }

    /** Computed here anew, as Stripe documents it. */
    private static String signature(String payload, String secret, long at) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] digest = mac.doFinal((at + "." + payload).getBytes(StandardCharsets.UTF_8));
        return "t=" + at + ",v1=" + HexFormat.of().formatHex(digest);
    }
}
