package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Amounts that are none, and money that is not there. */
class MoneyRefusalsIT {
    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);
    private final Api backend = tenant.backend();
    private final Minted minted = tenant.mintWith(1);
    private final String wallet = "/v1/wallets/" + minted.walletId();

    @TestFactory
    Stream<DynamicTest> amountsAreChecked() {
        Refusals refusals = new Refusals();
        for (String route : List.of("/credit", "/debit", "/holds")) {
            for (String amount : List.of(
                    "0",
                    "-1",
                    "\"-0.01\"",
                    "null",
                    "true",
                    "[]",
                    "\"\"",
                    "\"1e3\"",
                    "\"1,5\"",
                    "\" 1\"",
                    "\"0x1\"",
                    "\"0.0000000001\"",
                    "1e-10",
                    "\"1000000.000000001\"",
                    "1000000.01",
                    "1e19",
                    "1e-19",
                    "1e20000000",
                    "111111111111111111111111111111111")) {
                refusals.field(
                        "amount",
                        route + " of " + amount,
                        () -> backend.post(wallet + route, "{\"amount\":" + amount + "}"));
            }
        }
        return refusals.field("amount", "/credit without an amount", () -> backend.post(wallet + "/credit", "{}"))
                .field("amount", "/holds without an amount", () -> backend.post(wallet + "/holds", "{}"))
                .api("/debit with neither amount nor usage", 400, () -> backend.post(wallet + "/debit", "{}"))
                .passes(
                        "/credit of a million",
                        200,
                        () -> backend.post(
                                "/v1/wallets/" + tenant.mint().walletId() + "/credit", "{\"amount\":1000000}"))
                .passes(
                        "/credit of a nano-dollar",
                        200,
                        () -> backend.post(wallet + "/credit", "{\"amount\":\"0.000000001\"}"))
                .rows();
    }

    @TestFactory
    Stream<DynamicTest> moneyThatIsNotThereIsNotSpent() {
        Minted poor = tenant.mintWith("0.5");
        String path = "/v1/wallets/" + poor.walletId();
        Minted frozen = tenant.mintWith(1);
        String frozenPath = "/v1/wallets/" + frozen.walletId();
        backend.post(frozenPath + "/freeze").expect(200);
        Tenant limited = Tenant.of(product, Json.object("dailyGrantLimit", "2"));
        Minted granted = limited.mintWith("1.5");
        return new Refusals()
                .api(
                        "a debit above the balance",
                        402,
                        "insufficient_credits",
                        () -> backend.post(path + "/debit", "{\"amount\":0.500000001}"))
                .api(
                        "a debit of usage above the balance",
                        402,
                        "insufficient_credits",
                        () -> backend.post(
                                path + "/debit",
                                "{\"usage\":{\"model\":\"fake/dear\",\"promptTokens\":1,\"completionTokens\":1000}}"))
                .api(
                        "a hold above the balance",
                        402,
                        "insufficient_credits",
                        () -> backend.post(path + "/holds", "{\"amount\":0.6}"))
                .saying(
                        "0.6 needed, 0.5 available",
                        "the message names both amounts",
                        402,
                        () -> backend.post(path + "/holds", "{\"amount\":0.6}"))
                .api(
                        "usage of an unknown model",
                        400,
                        () -> backend.post(
                                path + "/debit",
                                "{\"usage\":{\"model\":\"no/such-model\",\"promptTokens\":1,\"completionTokens\":1}}"))
                .api(
                        "negative usage",
                        400,
                        () -> backend.post(
                                path + "/debit",
                                "{\"usage\":{\"model\":\"fake/steady\",\"promptTokens\":-1,\"completionTokens\":1}}"))
                .saying(
                        "frozen",
                        "a debit from a frozen wallet",
                        402,
                        () -> backend.post(frozenPath + "/debit", "{\"amount\":0.1}"))
                .saying(
                        "frozen",
                        "a hold on a frozen wallet",
                        402,
                        () -> backend.post(frozenPath + "/holds", "{\"amount\":0.1}"))
                .passes(
                        "a credit to a frozen wallet",
                        200,
                        () -> backend.post(frozenPath + "/credit", "{\"amount\":1}"))
                .api(
                        "a grant above the day's limit",
                        402,
                        "grant_limit_exceeded",
                        () -> limited.backend()
                                .post("/v1/wallets/" + granted.walletId() + "/credit", "{\"amount\":0.500000001}"))
                .passes(
                        "a grant up to the day's limit",
                        200,
                        () -> limited.backend()
                                .post("/v1/wallets/" + granted.walletId() + "/credit", "{\"amount\":0.5}"))
                .rows();
    }

    @Test
    void aHoldIsCapturedOrReleasedOnceAndNeverAboveItself() {
        String hold = hold("0.3", 600);
        assertThat(backend.post("/v1/holds/" + hold + "/capture", "{\"amount\":0.300000001}")
                        .expectApiError(400, "invalid_request")
                        .text("/details/0/field"))
                .isEqualTo("amount");
        backend.post("/v1/holds/" + hold + "/capture", "{\"amount\":0.2}").expect(200);
        backend.post("/v1/holds/" + hold + "/capture", "{\"amount\":0.1}").expectApiError(409);
        backend.post("/v1/holds/" + hold + "/release").expectApiError(409);
        Answer after = tenant.wallet(minted.walletId());
        assertThat(after.money("/held")).isZero();
        assertThat(after.money("/balance")).isEqualByComparingTo("0.8");

        String released = hold("0.3", 600);
        backend.post("/v1/holds/" + released + "/release").expect(200);
        backend.post("/v1/holds/" + released + "/capture").expectApiError(409);
        assertThat(tenant.wallet(minted.walletId()).money("/available")).isEqualByComparingTo("0.8");

        String whole = hold("0.3", 600);
        backend.post("/v1/wallets/" + minted.walletId() + "/freeze").expect(200);
        backend.post("/v1/holds/" + whole + "/capture").expect(200);
        assertThat(tenant.wallet(minted.walletId()).money("/balance")).isEqualByComparingTo("0.5");
    }

    @Test
    void anExpiredHoldIsNotCaptured() {
        String hold = hold("0.3", 1);
        String captureNothing = "/v1/holds/" + hold + "/capture";
        await().atMost(Duration.ofSeconds(30))
                .until(() -> tenant.wallet(minted.walletId()).money("/held").signum() == 0);
        backend.post(captureNothing, "{\"amount\":0.1}").expectApiError(409, "hold_expired");
        assertThat(tenant.wallet(minted.walletId()).money("/balance")).isEqualByComparingTo("1");
    }

    private String hold(String amount, int expiresInSeconds) {
        Answer answer =
                backend.post(wallet + "/holds", Json.object("amount", amount, "expiresInSeconds", expiresInSeconds));
        assertThat(answer.ok()).as(answer.body()).isTrue();
        return answer.text("/id");
    }
}
