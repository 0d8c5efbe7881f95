package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Money;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.gateway.ScriptedUpstream.Exchange;
import dev.purser.gateway.ScriptedUpstream.Script;
import dev.purser.gateway.routing.RetrySettings;
import dev.purser.gateway.settlement.HoldSettings;
import dev.purser.gateway.wire.WireJson;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model {@code twin} is first asked at {@code local}, for half the price of {@code backup}. */
class FallBackTest {
    private static final String USAGE = ",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}";
    private static final Script ANSWERS = exchange -> exchange.json(200, ScriptedUpstream.whole("Hi", USAGE));

    private final GatewayServer server = GatewayServer.shared();
    private final GatewayServer.Client client = server.session().open();

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger askedBackup = new AtomicInteger();

    @BeforeEach
    void theBackupAnswers() {
        server.backup.plays(counting(askedBackup, ANSWERS));
    }

    private static Script counting(AtomicInteger counter, Script script) {
        return exchange -> {
            counter.incrementAndGet();
            script.play(exchange);
        };
    }

    private void theFirst(Script script) {
        server.upstream.plays(counting(asked, script));
    }

    private void answered(HttpResponse<String> response, String by, String cost) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(WireJson.parse(response.body()).path("model").asString()).isEqualTo(by + "/twin");
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains(cost);
        assertThat(client.billed().provider()).isEqualTo(by);
        assertThat(client.billed().model()).isEqualTo(by + "/twin");
        assertThat(server.ledger.events(client.wallet, UsageDebited.class)).hasSize(1);
        assertThat(client.held()).isEqualTo(Money.ZERO);
    }

    @Test
    void theFirstProviderAnswersWhileItCanAndTheWorstCaseIsThatOfTheDearest() throws Exception {
        theFirst(ANSWERS);
        answered(client.ask("twin"), "local", "0.000105");
        assertThat(askedBackup).hasValue(0);
        // 93 input tokens and 1,000 of output, at the price of the backup.
        assertThat(server.ledger
                        .events(client.wallet, CreditsHeld.class)
                        .getFirst()
                        .amount())
                .hasToString("0.030558");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 529})
    void aFailingProviderIsAskedThreeTimesThenTheNextIsAskedAndBilled(int status) throws Exception {
        theFirst(exchange -> exchange.json(status, "{}"));
        answered(client.ask("twin"), "backup", "0.00021");
        assertThat(asked).hasValue(3);
        assertThat(askedBackup).hasValue(1);
        assertThat(server.backup.received.getLast().body().path("model").asString())
                .isEqualTo("twin-2");
        assertThat(server.backup.received.getLast().headers()).doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 504})
    void whatARetryCannotHelpMovesOnAtOnce(int status) throws Exception {
        theFirst(exchange -> exchange.json(status, "{}"));
        answered(client.ask("twin"), "backup", "0.00021");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aBrokenConnectionIsRetriedAndThenLeft() throws Exception {
        theFirst(Exchange::drop);
        answered(client.ask("twin"), "backup", "0.00021");
        assertThat(asked.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aProviderThatRecoversIsNotLeft() throws Exception {
        theFirst(exchange -> {
            if (asked.get() < 3) {
                exchange.json(503, "{}");
            } else {
                ANSWERS.play(exchange);
            }
        });
        answered(client.ask("twin"), "local", "0.000105");
        assertThat(asked).hasValue(3);
    }

    @Test
    void aShortRetryAfterIsWaitedForAndALongOneIsNot() throws Exception {
        theFirst(exchange -> {
            if (asked.get() == 1) {
                exchange.json(429, "{}", "Retry-After: 1");
            } else {
                ANSWERS.play(exchange);
            }
        });
        long start = System.nanoTime();
        answered(client.ask("twin"), "local", "0.000105");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));

        var other = server.session().open();
        theFirst(exchange -> exchange.json(429, "{}", "Retry-After: 7"));
        asked.set(0);
        assertThat(other.ask("twin").statusCode()).isEqualTo(200);
        assertThat(other.billed().provider()).isEqualTo("backup");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aRequestThatEverybodyWouldRefuseIsNotMoved() throws Exception {
        theFirst(exchange -> exchange.json(400, "{\"error\":{\"message\":\"no\"}}"));
        assertThat(client.ask("twin").statusCode()).isEqualTo(400);
        assertThat(asked).hasValue(1);
        assertThat(askedBackup).hasValue(0);
    }

    @Test
    void aPinnedProviderIsRetriedAndNeverLeft() throws Exception {
        theFirst(exchange -> exchange.json(500, "{}"));
        assertThat(client.ask("local/twin").statusCode()).isEqualTo(502);
        assertThat(asked).hasValue(3);
        var scoped = server.session().models("local/twin").open();
        assertThat(scoped.ask("twin").statusCode()).isEqualTo(502);
        assertThat(askedBackup).hasValue(0);
        assertThat(server.ledger.events(client.wallet, HoldReleased.class)).hasSize(1);
        assertThat(client.balance()).hasToString("5");
    }

    @Test
    void whenNobodyAnswersTheFirstProvidersWordIsGivenAndNothingIsBilled() throws Exception {
        theFirst(exchange -> exchange.json(429, "{}", "Retry-After: 9"));
        server.backup.plays(counting(askedBackup, exchange -> exchange.json(500, "{}")));
        HttpResponse<String> response = client.ask("twin");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("9");
        assertThat(askedBackup).hasValue(3);
        assertThat(server.ledger.events(client.wallet, HoldReleased.class)).hasSize(1);
        assertThat(client.balance()).hasToString("5");
    }

    @Test
    void aWalletThatCannotPayForTheDearerProviderIsNotMovedThere() throws Exception {
        // The first holds 0.015279, the backup twice as much.
        var poor = server.session().with("0.02").open();
        theFirst(exchange -> exchange.json(500, "{}"));
        assertThat(poor.ask("twin").statusCode()).isEqualTo(502);
        assertThat(askedBackup).hasValue(0);
        theFirst(ANSWERS);
        assertThat(poor.ask("twin").statusCode()).isEqualTo(200);
        assertThat(server.session().with("0.01").open().ask("twin").statusCode())
                .isEqualTo(402);
    }

    @Nested
    class Streams {
        @Test
        void moveBeforeTheFirstChunk() throws Exception {
            theFirst(exchange -> exchange.begin().end());
            server.backup.plays(exchange -> exchange.stream(ScriptedUpstream.SAYS_HELLO_WORLD
                    + ScriptedUpstream.frame(ScriptedUpstream.usage(10, 5))
                    + "data: [DONE]\n\n"));
            HttpResponse<String> response = client.stream("twin");
            List<String> frames = ChatTest.frames(response);
            assertThat(frames.getLast()).isEqualTo("[DONE]");
            assertThat(WireJson.parse(frames.getFirst()).path("model").asString())
                    .isEqualTo("backup/twin");
            assertThat(client.billed().provider()).isEqualTo("backup");
            assertThat(client.balance()).hasToString("4.99979");
        }

        @Test
        void neverMoveAfterIt() throws Exception {
            theFirst(exchange -> exchange.begin()
                    .send(ScriptedUpstream.frame(ScriptedUpstream.delta("Hello")))
                    .pause(300)
                    .drop());
            HttpResponse<String> response = client.stream("twin");
            assertThat(ChatTest.frames(response).getLast()).contains("api_error");
            assertThat(askedBackup).hasValue(0);
            assertThat(client.billed().provider()).isEqualTo("local");
        }
    }

    @Test
    void aWholeAnswerThatBreaksOffHasBegun() throws Exception {
        theFirst(exchange -> exchange.begin().send("{\"choices\":").pause(300).drop());
        assertThat(client.ask("twin").statusCode()).isEqualTo(502);
        assertThat(asked).hasValue(1);
        assertThat(askedBackup).hasValue(0);
    }

    @Nested
    class Breaker {
        private static final RetrySettings TOUCHY =
                new RetrySettings(0, Duration.ofMillis(1), Duration.ofSeconds(1), 4, 50, Duration.ofMillis(600));

        private final GatewayServer own;
        private final GatewayServer.Client caller;

        Breaker() throws Exception {
            own = new GatewayServer(Duration.ofSeconds(30), Duration.ofSeconds(1), HoldSettings.DEFAULTS, TOUCHY);
            caller = own.session().open();
            own.backup.plays(counting(askedBackup, ANSWERS));
        }

        @Test
        void leavesAFailingProviderAloneThenFindsOutWhetherItIsBack() throws Exception {
            try (own) {
                own.upstream.plays(counting(asked, exchange -> exchange.json(500, "{}")));
                for (int i = 0; i < 5; i++) {
                    assertThat(caller.ask("twin").statusCode()).isEqualTo(200);
                }
                // Two failures of at least two calls close it off; other models of the provider stay open.
                assertThat(asked).hasValue(2);
                assertThat(askedBackup).hasValue(5);
                HttpResponse<String> pinned = caller.ask("local/twin");
                assertThat(pinned.statusCode()).isEqualTo(503);
                assertThat(pinned.headers().firstValue("Retry-After")).contains("1");
                assertThat(asked).hasValue(2);
                own.upstream.plays(counting(asked, ANSWERS));
                assertThat(caller.ask("local/priced").statusCode()).isEqualTo(200);

                Thread.sleep(700);
                assertThat(WireJson.parse(caller.ask("twin").body())
                                .path("model")
                                .asString())
                        .isEqualTo("local/twin");
                assertThat(caller.held()).isEqualTo(Money.ZERO);
            }
        }

        @Test
        void isNotMovedByRateLimitsAndBadRequests() throws Exception {
            try (own) {
                own.upstream.plays(counting(
                        asked, exchange -> exchange.json(asked.get() % 2 == 0 ? 429 : 400, "{}", "Retry-After: 9")));
                for (int i = 0; i < 8; i++) {
                    assertThat(caller.ask("local/twin").statusCode()).isIn(400, 429);
                }
                assertThat(asked).hasValue(8);
            }
        }
    }
}
