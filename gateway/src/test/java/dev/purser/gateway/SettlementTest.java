package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Money;
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.HoldRenewed;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.gateway.settlement.HoldSettings;
import dev.purser.gateway.wire.WireJson;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private final GatewayServer server = GatewayServer.shared();

    private static void answers(GatewayServer server) {
        server.upstream.plays(exchange -> exchange.stream(ScriptedUpstream.SAYS_HELLO_WORLD
                + ScriptedUpstream.frame(ScriptedUpstream.usage(1000, 200))
                + "data: [DONE]\n\n"));
    }

    @Test
    void theCommandsOfACallNameItsRequestSessionAndCap() throws Exception {
        var client = server.session().maxSpend("1").open();
        answers(server);

        HttpResponse<String> response = client.stream("local/priced");

        String requestId = response.headers().firstValue("X-Request-Id").orElseThrow();
        HoldCredits hold = (HoldCredits) server.ledger.commands.getFirst();
        assertThat(hold.holdId().value()).isEqualTo(requestId);
        assertThat(hold.cap()).isNotNull();
        assertThat(server.ledger.causes).contains(new Cause(String.valueOf(hold.sessionId()), requestId));
        assertThat(server.ledger.commands).last().isInstanceOf(CaptureHold.class);
        assertThat(server.ledger.commands).hasSize(2);
    }

    @Test
    void aShortFailureOfTheLedgerIsNotNoticed() throws Exception {
        var client = server.session().open();
        answers(server);
        server.ledger.failNext(2, false, command -> command instanceof CaptureHold);
        assertThat(client.stream("local/priced").body()).endsWith("data: [DONE]\n\n");
        assertThat(client.balance()).hasToString("4.994");
    }

    @Test
    void aLostAnswerIsNotBilledTwice() throws Exception {
        var client = server.session().open();
        answers(server);
        server.ledger.failNext(1, true, command -> command instanceof CaptureHold);
        assertThat(client.stream("local/priced").body()).endsWith("data: [DONE]\n\n");
        assertThat(server.ledger.events(client.wallet, UsageDebited.class)).hasSize(1);
        assertThat(client.balance()).hasToString("4.994");
    }

    @Test
    void aStreamThatCannotBeSettledEndsWithoutDoneAndIsSettledLater() throws Exception {
        var client = server.session().open();
        answers(server);
        server.ledger.failNext(3, false, command -> command instanceof CaptureHold);
        List<String> frames = ChatTest.frames(client.stream("local/priced"));
        assertThat(frames).doesNotContain("[DONE]");
        assertThat(WireJson.parse(frames.getLast()).path("error").path("type").asString())
                .isEqualTo("api_error");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(client.balance()).hasToString("4.994"));
        assertThat(client.billed().source()).isEqualTo(UsageSource.PROVIDER);
    }

    @Test
    void aWholeAnswerThatCannotBeSettledIsA503() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.json(200, ScriptedUpstream.whole("Hi", "")));
        server.ledger.failNext(3, false, command -> command instanceof CaptureHold);
        assertThat(client.ask("local/priced").statusCode()).isEqualTo(503);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(client.held()).isEqualTo(Money.ZERO));
        assertThat(server.ledger.events(client.wallet, UsageDebited.class)).hasSize(1);
    }

    @Test
    void aHoldWhoseAnswerWasLostIsReleasedAndNobodyIsCalled() throws Exception {
        var client = server.session().open();
        int before = server.upstream.received.size();
        server.ledger.failNext(1, true, command -> command instanceof HoldCredits);
        assertThat(client.ask("local/priced").statusCode()).isEqualTo(503);
        assertThat(server.upstream.received).hasSize(before);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(client.held()).isEqualTo(Money.ZERO));
    }

    @Test
    void aReleaseThatFailsIsMadeUpForLater() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.json(500, "{}"));
        server.ledger.failNext(3, false, command -> command instanceof ReleaseHold);
        assertThat(client.ask("local/priced").statusCode()).isEqualTo(502);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(client.held()).isEqualTo(Money.ZERO));
    }

    @Nested
    class IdempotencyKeys {
        @Test
        void aSecondCallWithTheSameKeyIsA409WithTheFirstOnesIdAndChargesNothing() throws Exception {
            var client = server.session().open();
            answers(server);
            String body = GatewayServer.body("local/priced", ",\"stream\":true");
            HttpResponse<String> first = client.chat(body, "Idempotency-Key", "k1");
            HttpResponse<String> second = client.chat(body, "Idempotency-Key", "k1");
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(second.statusCode()).isEqualTo(409);
            assertThat(second.body())
                    .contains(first.headers().firstValue("X-Request-Id").orElseThrow())
                    .contains("idempotency_conflict");
            assertThat(server.ledger.events(client.wallet, CreditsHeld.class)).hasSize(1);
            assertThat(client.balance()).hasToString("4.994");
        }

        @Test
        void keysOfAnotherWalletAreNotInTheWay() throws Exception {
            answers(server);
            String body = GatewayServer.body("local/priced", ",\"stream\":true");
            assertThat(server.session()
                            .open()
                            .chat(body, "Idempotency-Key", "k")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.session()
                            .open()
                            .chat(body, "Idempotency-Key", "k")
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void neitherARefusalNorACallThatCameToNothingUsesUpTheKey() throws Exception {
            var poor = server.session().with("0.001").open();
            String body = GatewayServer.body("local/priced", "");
            assertThat(poor.chat(body, "Idempotency-Key", "k").statusCode()).isEqualTo(402);
            assertThat(poor.chat(body, "Idempotency-Key", "k").statusCode()).isEqualTo(402);
            var client = server.session().open();
            server.upstream.plays(exchange -> exchange.json(500, "{}"));
            assertThat(client.chat(body, "Idempotency-Key", "k").statusCode()).isEqualTo(502);
            assertThat(client.chat(body, "Idempotency-Key", "k").statusCode()).isEqualTo(502);
        }

        @Test
        void aKeyThatIsTooLongIsA400() throws Exception {
            assertThat(server.session()
                            .open()
                            .chat(GatewayServer.body("local/priced", ""), "Idempotency-Key", "k".repeat(256))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Nested
    class WhileItRuns {
        @Test
        void aStreamRenewsItsHoldWithTheUsageSoFarAndAStoppingServerSettlesIt() throws Exception {
            try (GatewayServer own = new GatewayServer(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    new HoldSettings(Duration.ofSeconds(60), Duration.ofMillis(150), 1, Duration.ofMillis(400)))) {
                var client = own.session().open();
                own.upstream.plays(exchange -> {
                    exchange.begin();
                    for (int i = 0; i < 400; i++) {
                        exchange.send(ScriptedUpstream.frame(ScriptedUpstream.delta("word")))
                                .pause(30);
                    }
                });
                CompletableFuture<HttpResponse<String>> running = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> {
                    try {
                        running.complete(client.stream("local/priced"));
                    } catch (Exception e) {
                        running.completeExceptionally(e);
                    }
                });
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> own.ledger
                                        .events(client.wallet, HoldRenewed.class)
                                        .size()
                                >= 2);
                HoldRenewed renewed =
                        own.ledger.events(client.wallet, HoldRenewed.class).getLast();
                assertThat(renewed.cost().isPositive()).isTrue();
                assertThat(renewed.used()).isNotNull();

                // One call is all this server takes.
                HttpResponse<String> tooMany = own.session().open().ask("local/priced");
                assertThat(tooMany.statusCode()).isEqualTo(503);
                assertThat(tooMany.headers().firstValue("Retry-After")).contains("1");

                own.gateway.close();

                assertThat(own.gateway.openCalls()).isZero();
                List<String> frames = ChatTest.frames(running.get(20, TimeUnit.SECONDS));
                assertThat(frames).doesNotContain("[DONE]");
                assertThat(client.held()).isEqualTo(Money.ZERO);
                assertThat(client.billed().source()).isEqualTo(UsageSource.ESTIMATED);
                assertThat(own.ledger.events(client.wallet, HoldReleased.class)).isEmpty();
                assertThat(own.session().open().ask("local/priced").statusCode())
                        .isEqualTo(503);
            }
        }
    }

    @Test
    void reasoningIsBilledAtItsOwnPriceWhereTheCatalogueHasOne() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.json(
                200,
                ScriptedUpstream.whole(
                        "Hi",
                        ",\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":350,"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":200}}")));

        HttpResponse<String> response = client.ask("local/thinker");

        // 100 at $1, 50 at $4 and 200 at $2 a million.
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains("0.0007");
        assertThat(client.billed().usage()).isEqualTo(new Usage(100, 0, 250, 0, 200, null));
    }
}
