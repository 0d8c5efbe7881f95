package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Margin goes out by itself, once in an interval, and what may still be disputed stays. */
class AutomaticPayoutIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Product PRODUCT = new Product(
            "automatic-payout",
            Map.of(
                    "PURSER_PAYOUT_AUTOMATIC", "1h",
                    "PURSER_PAYOUT_RESOLVEINTERVAL", "1s",
                    "PURSER_HOLDBACK_PERCENT", "20",
                    "PURSER_HOLDBACK_DAYS", "30"));
    private static final Sandbox LIVE = Sandbox.live(PRODUCT);

    private final Tenant tenant = Tenant.of(PRODUCT, Json.object("markupPercent", 25));

    @AfterAll
    static void stop() {
        PRODUCT.close();
    }

    private void earnFive() {
        LIVE.pay(tenant.mint()
                .browser()
                .post("/v1/wallet/top-up", Json.object("amount", 25))
                .expect(200)
                .text("/clientSecret"));
    }

    private JsonNode payouts() {
        return tenant.backend().get("/v1/connect/payouts").expect(200).at("/payouts");
    }

    @Test
    void marginIsPaidOutOnceInAnIntervalExceptForWhatIsHeldBack() {
        LIVE.post("/sandbox/balance", "amount", 1_000_000, "currency", "usd").expect(200);
        String account = tenant.backend()
                .post(
                        "/v1/connect/onboard",
                        Json.object("refreshUrl", "http://localhost/", "returnUrl", "http://localhost/"))
                .expect(200)
                .text("/accountId");
        earnFive();
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(payouts().size()).as("not onboarded yet").isZero());
        LIVE.post("/sandbox/accounts/" + account + "/complete").expect(200);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(payouts().path(0).path("status").stringValue(""))
                        .isEqualTo("paid"));
        assertThat(payouts().path(0).path("amount").stringValue()).isEqualTo("4");
        assertThat(payouts().path(0).path("automatic").booleanValue()).isTrue();

        earnFive();
        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(payouts().size()).as("one in an hour").isEqualTo(1));
        Answer asked = tenant.backend().post("/v1/connect/payouts").expect(200);
        assertThat(asked.money("/amount")).as("6, a fifth of 10 held back").isEqualByComparingTo("4");
        assertThat(asked.money("/marginBalance")).isEqualByComparingTo("2");
        tenant.backend().post("/v1/connect/payouts").expectApiError(400, "payout_below_minimum");
    }

    @Test
    void anOrganizationThatIsNotActiveIsNotPaid() {
        LIVE.post("/sandbox/balance", "amount", 1_000_000, "currency", "usd").expect(200);
        String account = tenant.backend()
                .post(
                        "/v1/connect/onboard",
                        Json.object("refreshUrl", "http://localhost/", "returnUrl", "http://localhost/"))
                .expect(200)
                .text("/accountId");
        earnFive();
        activate(false);
        LIVE.post("/sandbox/accounts/" + account + "/complete").expect(200);
        await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> transfersTo(account) == 0);
        activate(true);
        await().atMost(PATIENCE).until(() -> transfersTo(account) == 1);
    }

    private void activate(boolean active) {
        PRODUCT.operator()
                .patch("/v1/admin/organizations/" + tenant.organizationId(), Json.object("active", active))
                .expect(200);
    }

    private static int transfersTo(String account) {
        return LIVE.get("/v1/transfers?limit=100&destination=" + account)
                .path("data")
                .size();
    }
}
