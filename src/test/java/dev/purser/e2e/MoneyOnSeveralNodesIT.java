package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.purser.sandbox.ModeKeys;
import dev.purser.sandbox.SandboxSettings;
import dev.purser.sandbox.StripeSandbox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stripe speaks to whichever node its address leads to, and the one that leads may die on the way. */
class MoneyOnSeveralNodesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ModeKeys LIVE =
            new ModeKeys("sk_live_nodesnodesnodes", "pk_live_nodesnodesnodes", "whsec_nodeslive");
    private static final ModeKeys TEST =
            new ModeKeys("sk_test_nodesnodesnodes", "pk_test_nodesnodesnodes", "whsec_nodestest");

    @Test
    void whatComesInAtTheOtherNodeIsDecidedByTheOneThatLeads(@TempDir Path directory) {
        try (StripeSandbox stripe = StripeSandbox.start(SandboxSettings.of(TEST, LIVE));
                Nodes nodes = new Nodes(
                        directory,
                        Map.of(
                                "PURSER_PAYMENTS", "stripe",
                                "STRIPE_SECRET_KEY", LIVE.secretKey(),
                                "STRIPE_WEBHOOK_SECRET", String.valueOf(LIVE.webhookSecret()),
                                "PURSER_STRIPE_APIBASE", stripe.baseUrl().toString(),
                                "PURSER_STRIPE_READTIMEOUT", "2s",
                                "PURSER_PAYOUT_RESOLVEINTERVAL", "1s",
                                "PURSER_RECONCILIATION_INTERVAL", "1h"))) {
            Sandbox live = Sandbox.at(Api.on(stripe.baseUrl()), LIVE.secretKey(), LIVE.webhookSecret());
            live.post("/sandbox/balance", "amount", 1_000_000, "currency", "usd")
                    .expect(200);
            Product leader = nodes.leader();
            Product follower = nodes.other(leader);
            stripe.deliverTo(URI.create("http://127.0.0.1:" + follower.apiPort() + "/stripe/webhook"));
            Tenant tenant = Tenant.of(follower, Json.object("markupPercent", 25));
            Minted payer = tenant.mint();

            live.pay(payer.browser()
                    .post("/v1/wallet/top-up", Json.object("amount", 25))
                    .expect(200)
                    .text("/clientSecret"));

            assertThat(tenant.wallet(payer.walletId()).money("/balance")).isEqualByComparingTo("20");
            String account = tenant.backend()
                    .post(
                            "/v1/connect/onboard",
                            Json.object("refreshUrl", "http://localhost/", "returnUrl", "http://localhost/"))
                    .expect(200)
                    .text("/accountId");
            live.post("/sandbox/accounts/" + account + "/complete").expect(200);
            live.fault("lose_answer", "POST", "/v1/transfers", -1);
            String payoutId = tenant.backend()
                    .post("/v1/connect/payouts")
                    .expectApiError(504, "payout_outcome_unknown")
                    .text("/payoutId");

            leader.kill9();
            live.clearFaults();

            await().atMost(PATIENCE).until(() -> Nodes.leads(follower));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tenant.backend()
                                    .get("/v1/connect/payouts")
                                    .expect(200)
                                    .text("/payouts/0/status"))
                            .isEqualTo("paid"));
            assertThat(live.transfers(payoutId)).isEqualTo(1);
            assertThat(tenant.backend().get("/v1/connect/status").expect(200).money("/marginBalance"))
                    .isZero();
        }
    }
}
