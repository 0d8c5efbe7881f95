package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.purser.e2e.CuttableLink.Moment;
import dev.purser.sandbox.ModeKeys;
import dev.purser.sandbox.SandboxSettings;
import dev.purser.sandbox.StripeSandbox;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * The process is killed between each pair of steps of a top-up, a settlement and a payout, while Stripe (here: the sandbox, in
 * this process) lives on. After the restart everything has happened once.
 */
class MoneyCrashIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final ModeKeys LIVE =
            new ModeKeys("sk_live_crashcrashcrash", "pk_live_crashcrashcrash", "whsec_crashlive");
    private static final ModeKeys TEST =
            new ModeKeys("sk_test_crashcrashcrash", "pk_test_crashcrashcrash", "whsec_crashtest");

    private static StripeSandbox stripe;
    private static CuttableLink toStripe;
    private static CuttableLink toPurser;
    private static Product product;
    private static Sandbox live;
    private static Tenant tenant;

    @BeforeAll
    static void start() {
        stripe = StripeSandbox.start(SandboxSettings.of(TEST, LIVE));
        toStripe = new CuttableLink(stripe.baseUrl());
        product = new Product(
                "money-crash",
                Map.of(
                        "PURSER_PAYMENTS", "stripe",
                        "PURSER_DEMO", "true",
                        "STRIPE_SECRET_KEY", LIVE.secretKey(),
                        "STRIPE_SECRET_KEY_TEST", TEST.secretKey(),
                        "STRIPE_WEBHOOK_SECRET", String.valueOf(LIVE.webhookSecret()),
                        "STRIPE_WEBHOOK_SECRET_TEST", String.valueOf(TEST.webhookSecret()),
                        "PURSER_STRIPE_APIBASE", toStripe.address().toString(),
                        "PURSER_PAYOUT_RESOLVEINTERVAL", "1s",
                        "PURSER_RECONCILIATION_INTERVAL", "1h"));
        toPurser = new CuttableLink(URI.create("http://127.0.0.1:" + product.apiPort()));
        stripe.deliverTo(URI.create(toPurser.address() + "/stripe/webhook"));
        live = Sandbox.at(Api.on(stripe.baseUrl()), LIVE.secretKey(), LIVE.webhookSecret());
        live.post("/sandbox/balance", "amount", 1_000_000, "currency", "usd").expect(200);
        tenant = Tenant.of(product, Json.object("markupPercent", 25));
    }

    @AfterAll
    static void stop() {
        product.close();
        toPurser.close();
        toStripe.close();
        stripe.close();
    }

    private static BigDecimal margin(Tenant of) {
        return of.backend().get("/v1/connect/status").expect(200).money("/marginBalance");
    }

    private static BigDecimal balance(Minted payer) {
        return tenant.wallet(payer.walletId()).money("/balance");
    }

    /** The request that is cut off with the process; its client learns nothing. */
    private static void cutOff(Api api, String path, Object body) {
        try {
            Answer answer = api.post(path, body);
            throw new AssertionError("the process was to be killed, and answered " + answer);
        } catch (UncheckedIOException expected) {
            assertThat(expected).hasMessageContaining("got no answer");
            toStripe.awaitCut();
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/customers, AFTER", "/v1/payment_intents, AFTER"})
    void aTopUpThatWasCutOffIsTheSamePaymentWhenAskedAgain(String path, Moment moment) {
        Minted payer = tenant.mint();
        String key = "top-up-" + UUID.randomUUID();
        toStripe.cutAt("POST", path, moment, product::kill9);

        cutOff(payer.browser().idempotent(key), "/v1/wallet/top-up", Json.object("amount", 25));
        product.restart();
        String secret = payer.browser()
                .idempotent(key)
                .post("/v1/wallet/top-up", Json.object("amount", 25))
                .expect(200)
                .text("/clientSecret");

        assertThat(marked("/v1/payment_intents", "purser_wallet", payer.walletId()))
                .isEqualTo(1);
        assertThat(marked("/v1/customers", "purser_customer", payer.customerId()))
                .isEqualTo(1);
        live.pay(secret);
        assertThat(balance(payer)).isEqualByComparingTo("20");
    }

    private static long marked(String list, String name, String value) {
        long found = 0;
        for (JsonNode object : live.get(list + "?limit=100").path("data")) {
            found += value.equals(object.path("metadata").path(name).stringValue("")) ? 1 : 0;
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void aSettlementThatWasCutOffHappensOnce(Moment moment) {
        Minted payer = tenant.mint();
        BigDecimal before = margin(tenant);
        String secret = payer.browser()
                .post("/v1/wallet/top-up", Json.object("amount", 25))
                .expect(200)
                .text("/clientSecret");
        toPurser.cutAt("POST", "/stripe/webhook", moment, product::kill9);

        live.confirm(secret);
        toPurser.awaitCut();
        product.restart();
        live.redeliver("payment_intent.succeeded");

        assertThat(balance(payer)).isEqualByComparingTo("20");
        assertThat(margin(tenant).subtract(before)).isEqualByComparingTo("5");
        assertThat(LedgerEntries.of(tenant, payer.walletId()).entries()).hasSize(1);
    }

    /** Somewhere inside, where no boundary can be pointed at from outside. */
    @Test
    void aSettlementThatWasKilledInTheMiddleHappensOnce() {
        long seed = Long.getLong("purser.e2e.seed", System.nanoTime());
        Minted payer = tenant.mint();
        BigDecimal before = margin(tenant);
        String secret = payer.browser()
                .post("/v1/wallet/top-up", Json.object("amount", 25))
                .expect(200)
                .text("/clientSecret");
        live.pause();
        live.confirm(secret);
        Thread killer = Thread.ofVirtual().unstarted(() -> {
            pause(new Random(seed).nextInt(30));
            product.kill9();
        });
        killer.start();
        live.post("/sandbox/deliveries/redeliver", "type", "payment_intent.succeeded", "times", 20, "parallel", 8)
                .expect(200);
        join(killer);
        product.restart();
        live.post("/sandbox/deliveries/resume").expect(200);
        live.redeliver("payment_intent.succeeded");

        assertThat(balance(payer)).as("seed %d", seed).isEqualByComparingTo("20");
        assertThat(margin(tenant).subtract(before)).as("seed %d", seed).isEqualByComparingTo("5");
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/accounts/, AFTER", "POST, /v1/transfers, BEFORE", "POST, /v1/transfers, AFTER"})
    void aPayoutThatWasCutOffGoesOutOnce(String method, String path, Moment moment) {
        Tenant organization = Tenant.of(product, Json.object("markupPercent", 25));
        Minted payer = organization.mint();
        live.pay(payer.browser()
                .post("/v1/wallet/top-up", Json.object("amount", 25))
                .expect(200)
                .text("/clientSecret"));
        String account = organization
                .backend()
                .post(
                        "/v1/connect/onboard",
                        Json.object("refreshUrl", "http://localhost/", "returnUrl", "http://localhost/"))
                .expect(200)
                .text("/accountId");
        live.post("/sandbox/accounts/" + account + "/complete").expect(200);
        Api keyed = organization.backend().idempotent("payout-" + UUID.randomUUID());
        toStripe.cutAt(method, path, moment, product::kill9);

        cutOff(keyed, "/v1/connect/payouts", "");
        product.restart();
        if (method.equals("POST")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(organization
                                    .backend()
                                    .get("/v1/connect/payouts")
                                    .expect(200)
                                    .text("/payouts/0/status"))
                            .isEqualTo("paid"));
        }
        Answer paid = keyed.post("/v1/connect/payouts").expect(200);

        assertThat(paid.money("/amount")).isEqualByComparingTo("5");
        assertThat(margin(organization)).isZero();
        assertThat(live.get("/sandbox/transfers?destination=" + account)
                        .path("count")
                        .longValue())
                .isEqualTo(1);
        organization.backend().post("/v1/connect/payouts").expectApiError(400, "payout_below_minimum");
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
