package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An organization's margin goes out, once, whatever the network does to the answers. */
class PayoutIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, Object> ADDRESSES =
            Json.object("refreshUrl", "https://app.example.com/again", "returnUrl", "http://localhost:3000/payouts");

    private static final Product PRODUCT = new Product(
            "payout",
            Map.of(
                    "PURSER_PAYOUT_RESOLVEINTERVAL",
                    "1s",
                    "PURSER_RECONCILIATION_INTERVAL",
                    "1h",
                    "PURSER_STRIPE_READTIMEOUT",
                    "2s"));
    private static final Sandbox LIVE = Sandbox.live(PRODUCT);

    private final Tenant tenant = Tenant.of(PRODUCT, Json.object("markupPercent", 25));

    @BeforeAll
    static void letThePlatformHaveMoney() {
        LIVE.post("/sandbox/balance", "amount", 1_000_000, "currency", "usd").expect(200);
    }

    @AfterAll
    static void stop() {
        PRODUCT.close();
    }

    /** Each $25 leaves $5 of margin. */
    private void earn(int amount) {
        Minted payer = tenant.mint();
        LIVE.pay(payer.browser()
                .post("/v1/wallet/top-up", Json.object("amount", amount))
                .expect(200)
                .text("/clientSecret"));
    }

    private String onboard() {
        String account = tenant.backend()
                .post("/v1/connect/onboard", ADDRESSES)
                .expect(200)
                .text("/accountId");
        LIVE.post("/sandbox/accounts/" + account + "/complete").expect(200);
        return account;
    }

    private Answer status() {
        return tenant.backend().get("/v1/connect/status").expect(200);
    }

    private BigDecimal margin() {
        return status().money("/marginBalance");
    }

    private Answer payout() {
        return tenant.backend().post("/v1/connect/payouts");
    }

    private JsonNode newestPayout() {
        return tenant.backend().get("/v1/connect/payouts").expect(200).at("/payouts/0");
    }

    private void awaitStatus(String expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(newestPayout().path("status").stringValue()).isEqualTo(expected));
    }

    @Test
    void aTestKeyOpensNoneOfIt() {
        Api test = tenant.testBackend();
        test.post("/v1/connect/onboard", ADDRESSES).expectApiError(403, "live_key_required");
        test.get("/v1/connect/status").expectApiError(403, "live_key_required");
        test.post("/v1/connect/payouts").expectApiError(403, "live_key_required");
        test.get("/v1/connect/payouts").expectApiError(403, "live_key_required");
    }

    @Test
    void anOrganizationIsOnboardedOnceHoweverOftenItAsks() {
        assertThat(status().at("/accountId").isNull()).isTrue();
        assertThat(status().at("/onboarded").booleanValue()).isFalse();
        payout().expectApiError(400, "not_onboarded");
        Set<String> accounts = new HashSet<>();
        for (Answer answer : Parallel.call(8, _ -> tenant.backend().post("/v1/connect/onboard", ADDRESSES))) {
            accounts.add(answer.expect(200).text("/accountId"));
            assertThat(answer.text("/url")).startsWith("http");
        }
        assertThat(accounts).hasSize(1);
        String account = accounts.iterator().next();
        assertThat(status().text("/accountId")).isEqualTo(account);
        assertThat(status().at("/onboarded").booleanValue()).isFalse();
        payout().expectApiError(400, "not_onboarded");

        LIVE.post("/sandbox/accounts/" + account + "/complete").expect(200);

        assertThat(status().at("/onboarded").booleanValue()).isTrue();
        assertThat(status().at("/payoutsEnabled").booleanValue()).isTrue();
        LIVE.post("/sandbox/accounts/" + account + "/payouts", "enabled", "false")
                .expect(200);
        assertThat(status().at("/payoutsEnabled").booleanValue()).isFalse();
        earn(25);
        payout().expectApiError(400, "not_onboarded");
        assertThat(margin()).isEqualByComparingTo("5");
    }

    /** The address is a secret, stored for the key that asked; another key gets a fresh one. */
    @Test
    void onboardingUnderAnIdempotencyKeySurvivesAnotherPlatformKey() {
        String key = "onboard-" + UUID.randomUUID();
        Answer first = tenant.backend()
                .idempotent(key)
                .post("/v1/connect/onboard", ADDRESSES)
                .expect(200);
        String another = tenant.newKey("live").text("/secret");
        Answer again = PRODUCT.api()
                .as(another)
                .idempotent(key)
                .post("/v1/connect/onboard", ADDRESSES)
                .expect(200);
        assertThat(again.text("/accountId")).isEqualTo(first.text("/accountId"));
        assertThat(again.text("/url")).startsWith("http");
        assertThat(again.header("Idempotent-Replayed")).hasValue("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://app.example.com/", "ftp://localhost/", "https:", "https://u:p@app.example.com/", "x", ""
            })
    void anAddressThatStripeMustNotSendPeopleToIsRefused(String address) {
        Answer refused = tenant.backend()
                .post(
                        "/v1/connect/onboard",
                        Json.object("refreshUrl", "https://app.example.com/", "returnUrl", address))
                .expectApiError(400, "invalid_request");
        assertThat(refused.text("/details/0/field")).isEqualTo("returnUrl");
    }

    @Test
    void allThatIsPayableGoesOutInWholeCents() {
        tenant.change(Json.object("markupPercent", 20));
        onboard();
        payout().expectApiError(400, "payout_below_minimum");
        earn(100);
        assertThat(margin()).isEqualByComparingTo("16.666667");
        Answer paid = tenant.backend().post("/v1/connect/payouts", "").expect(200);
        assertThat(paid.money("/amount")).isEqualByComparingTo("16.66");
        assertThat(paid.money("/marginBalance")).isEqualByComparingTo("0.006667");
        assertThat(paid.text("/transferId")).startsWith("tr_");
        assertThat(LIVE.transfers(paid.text("/payoutId"))).isEqualTo(1);
        assertThat(margin()).isEqualByComparingTo("0.006667");
        payout().expectApiError(400, "payout_below_minimum");
        JsonNode listed = newestPayout();
        assertThat(listed.path("payoutId").stringValue()).isEqualTo(paid.text("/payoutId"));
        assertThat(listed.path("status").stringValue()).isEqualTo("paid");
    }

    @Test
    void aRepeatedRequestIsTheSamePayout() {
        onboard();
        earn(25);
        Api keyed = tenant.backend().idempotent("payout-" + UUID.randomUUID());
        Answer first = keyed.post("/v1/connect/payouts").expect(200);
        earn(25);
        Answer again = keyed.post("/v1/connect/payouts").expect(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(margin()).isEqualByComparingTo("5");
        List<Answer> answers = Parallel.call(6, _ -> payout());
        assertThat(answers).filteredOn(Answer::ok).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> !answer.ok())
                .allSatisfy(
                        answer -> assertThat(answer.text("/code")).isIn("payout_in_flight", "payout_below_minimum"));
        assertThat(margin()).isZero();
    }

    @Test
    void aLostAnswerStaysInFlightAndIsResolvedWithoutASecondTransfer() {
        onboard();
        earn(25);
        Api keyed = tenant.backend().idempotent("payout-" + UUID.randomUUID());
        LIVE.fault("lose_answer", "POST", "/v1/transfers", -1);
        String payoutId;
        try {
            payoutId = keyed.post("/v1/connect/payouts")
                    .expectApiError(504, "payout_outcome_unknown")
                    .text("/payoutId");
            assertThat(payout().expectApiError(409, "payout_in_flight").text("/payoutId"))
                    .isEqualTo(payoutId);
            assertThat(newestPayout().path("status").stringValue()).isEqualTo("in_flight");
            assertThat(margin()).isZero();
        } finally {
            LIVE.clearFaults();
        }
        awaitStatus("paid");
        assertThat(LIVE.transfers(payoutId)).isEqualTo(1);
        assertThat(keyed.post("/v1/connect/payouts").expect(200).text("/payoutId"))
                .isEqualTo(payoutId);
        assertThat(LIVE.transfers(payoutId)).isEqualTo(1);
    }

    @Test
    void aRequestThatNeverArrivedIsMadeLater() {
        onboard();
        earn(25);
        LIVE.fault("lose_request", "POST", "/v1/transfers", -1);
        String payoutId;
        try {
            payoutId = payout().expectApiError(504, "payout_outcome_unknown").text("/payoutId");
            assertThat(LIVE.transfers(payoutId)).isZero();
        } finally {
            LIVE.clearFaults();
        }
        awaitStatus("paid");
        assertThat(LIVE.transfers(payoutId)).isEqualTo(1);
    }

    @Test
    void aRefusedTransferRestoresTheMargin() {
        String account = onboard();
        earn(25);
        Api keyed = tenant.backend().idempotent("payout-" + UUID.randomUUID());
        long available = LIVE.get("/v1/balance").at("/available/0/amount").longValue();
        LIVE.post("/sandbox/balance", "amount", -available, "currency", "usd").expect(200);
        try {
            Answer failed = keyed.post("/v1/connect/payouts").expectApiError(502, "payout_failed");
            assertThat(failed.text("/message")).contains("balance_insufficient");
            assertThat(newestPayout().path("status").stringValue()).isEqualTo("failed");
            assertThat(margin()).isEqualByComparingTo("5");
        } finally {
            LIVE.post("/sandbox/balance", "amount", available, "currency", "usd")
                    .expect(200);
        }
        Answer paid = keyed.post("/v1/connect/payouts").expect(200);
        assertThat(paid.money("/amount")).isEqualByComparingTo("5");
        assertThat(LIVE.get("/v1/transfers/" + paid.text("/transferId"))
                        .path("destination")
                        .stringValue())
                .isEqualTo(account);
    }

    @Test
    void aTransferThatIsReversedRestoresTheMarginOnce() {
        onboard();
        earn(25);
        Answer paid = payout().expect(200);
        LIVE.post("/v1/transfers/" + paid.text("/transferId") + "/reversals").expect(200);
        LIVE.flush();
        assertThat(margin()).isEqualByComparingTo("5");
        LIVE.redeliver("transfer.reversed");
        assertThat(margin()).isEqualByComparingTo("5");
        assertThat(newestPayout().path("status").stringValue()).isEqualTo("failed");
    }

    @Test
    void theOperatorSaysHowAPayoutInDoubtCameOut() {
        onboard();
        earn(25);
        LIVE.fault("lose_request", "POST", "/v1/transfers", -1);
        try {
            String failed = "/v1/admin/payouts/"
                    + payout().expectApiError(504, "payout_outcome_unknown").text("/payoutId");
            Answer restored = PRODUCT.operator()
                    .post(failed + "/fail", Json.object("reason", "reversed"))
                    .expect(200);
            assertThat(restored.text("/status")).isEqualTo("failed");
            assertThat(restored.money("/marginBalance")).isEqualByComparingTo("5");
            PRODUCT.operator()
                    .post(failed + "/confirm", Json.object("transferId", "tr_1"))
                    .expectApiError(409, "payout_not_in_flight");

            String paid = "/v1/admin/payouts/"
                    + payout().expectApiError(504, "payout_outcome_unknown").text("/payoutId");
            for (int time = 1; time <= 2; time++) {
                Answer confirmed = PRODUCT.operator()
                        .post(paid + "/confirm", Json.object("transferId", "tr_1"))
                        .expect(200);
                assertThat(confirmed.text("/status")).isEqualTo("paid");
            }
            PRODUCT.operator()
                    .post(paid + "/confirm", Json.object("transferId", "tr_2"))
                    .expectApiError(409, "payout_not_in_flight");
            PRODUCT.operator()
                    .post(paid + "/fail", Json.object("reason", "reversed"))
                    .expectApiError(409, "payout_not_in_flight");
            awaitStatus("paid");
        } finally {
            LIVE.clearFaults();
        }
        assertThat(margin()).isZero();
    }

    @Test
    void onlyTheOperatorMaySayHowAPayoutCameOut() {
        tenant.backend()
                .post("/v1/admin/payouts/pyt1/fail", Json.object("reason", "x"))
                .expectApiError(401, "wrong_token_kind");
        PRODUCT.operator()
                .post("/v1/admin/payouts/pyt1/fail", Json.object("reason", "x"))
                .expectApiError(404, "not_found");
        PRODUCT.operator()
                .post("/v1/admin/payouts/wal1/confirm", Json.object("transferId", "tr_1"))
                .expectApiError(404, "not_found");
        assertThat(PRODUCT.operator()
                        .post("/v1/admin/payouts/pyt1/confirm", Json.object("transferId", "po_1"))
                        .expectApiError(400, "invalid_request")
                        .text("/details/0/field"))
                .isEqualTo("transferId");
    }

    @Test
    void aTransferThatIsReversedInPartIsTheOperatorsAffair() {
        onboard();
        earn(25);
        String transfer = payout().expect(200).text("/transferId");
        LIVE.post("/v1/transfers/" + transfer + "/reversals", "amount", 100).expect(200);
        LIVE.flush();
        assertThat(margin()).isZero();
        assertThat(reconciled()).contains("reversed_in_part", transfer);
        LIVE.post("/v1/transfers/" + transfer + "/reversals").expect(200);
        LIVE.flush();
        assertThat(margin()).isEqualByComparingTo("5");
    }

    private static String reconciled() {
        return PRODUCT.operator().post("/v1/admin/reconciliations").expect(200).body();
    }

    @Test
    void marginThatWasPaidOutIsRecoveredFromLaterMargin() {
        onboard();
        Minted payer = tenant.mint();
        String secret = payer.browser()
                .post("/v1/wallet/top-up", Json.object("amount", 25))
                .expect(200)
                .text("/clientSecret");
        LIVE.pay(secret);
        payout().expect(200);
        LIVE.refund(Sandbox.intentOf(secret), null);
        assertThat(margin()).isEqualByComparingTo("-5");
        payout().expectApiError(400, "payout_below_minimum");
        earn(50);
        assertThat(margin()).isEqualByComparingTo("5");
        payout().expect(200);
    }
}
