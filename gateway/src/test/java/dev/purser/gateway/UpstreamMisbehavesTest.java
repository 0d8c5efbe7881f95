package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Money;
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.gateway.ScriptedUpstream.Script;
import dev.purser.gateway.wire.WireJson;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class UpstreamMisbehavesTest {
    private final GatewayServer server = GatewayServer.shared();
    private final GatewayServer.Client client = server.session().open();

    private Metering billed() {
        return client.billed();
    }

    private void nothingIsBilledOrHeld() {
        assertThat(server.ledger.events(client.wallet, HoldReleased.class)).hasSize(1);
        assertThat(client.balance()).hasToString("5");
        assertThat(client.held()).isEqualTo(Money.ZERO);
    }

    @Nested
    class BeforeTheFirstByte {
        @ParameterizedTest
        @CsvSource({
            "400,400,invalid_request_error",
            "422,400,invalid_request_error",
            "401,502,api_error",
            "403,502,api_error",
            "404,502,api_error",
            "429,429,rate_limit_error",
            "500,502,api_error",
            "502,502,api_error",
            "503,503,api_error",
            "529,503,api_error",
            "504,504,timeout_error",
            "302,502,api_error",
            "204,502,api_error"
        })
        void aRefusalIsMappedAndNothingIsBilled(int theirs, int ours, String type) throws Exception {
            server.upstream.plays(exchange -> exchange.json(
                    theirs,
                    "{\"error\":{\"message\":\"bad key sk-local-secret-key at http://localhost:1/x, org-AbCdEf123\"}}",
                    "Retry-After: 7",
                    "Location: http://localhost:1/elsewhere"));

            HttpResponse<String> response =
                    theirs % 2 == 0 ? client.stream("local/priced") : client.ask("local/priced");

            assertThat(response.statusCode()).isEqualTo(ours);
            JsonNode error = WireJson.parse(response.body()).path("error");
            assertThat(error.path("type").asString()).isEqualTo(type);
            assertThat(response.body()).doesNotContain("secret-key", "localhost", "org-AbCdEf123");
            assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(ours == 429 || ours == 503);
            nothingIsBilledOrHeld();
        }

        @Test
        void whatTheProviderFindsWrongWithTheRequestReachesTheClient() throws Exception {
            server.upstream.plays(
                    exchange -> exchange.json(400, "{\"error\":{\"message\":\"temperature must be below 2\"}}"));
            assertThat(client.ask("local/priced").body()).contains("temperature must be below 2");
        }

        @Test
        void aBrokenConnectionIsA502() throws Exception {
            server.upstream.plays(ScriptedUpstream.Exchange::drop);
            assertThat(client.stream("local/priced").statusCode()).isEqualTo(502);
            assertThat(client.ask("local/priced").statusCode()).isEqualTo(502);
        }

        @Test
        void anEmptyStreamIsA502() throws Exception {
            server.upstream.plays(exchange -> exchange.begin().end());
            assertThat(client.stream("local/priced").statusCode()).isEqualTo(502);
            nothingIsBilledOrHeld();
        }

        @Test
        void anErrorAsFirstFrameIsAnHttpError() throws Exception {
            server.upstream.plays(exchange -> exchange.stream(
                    ScriptedUpstream.frame("{\"error\":{\"message\":\"x\",\"code\":\"rate_limit_exceeded\"}}")));
            assertThat(client.stream("local/priced").statusCode()).isEqualTo(429);
            nothingIsBilledOrHeld();
        }

        @Test
        void anAnswerThatIsNoStreamIsA502() throws Exception {
            server.upstream.plays(exchange -> exchange.json(200, "<html>"));
            assertThat(client.stream("local/priced").statusCode()).isEqualTo(502);
            assertThat(client.ask("local/priced").statusCode()).isEqualTo(502);
        }

        @Test
        void anAnswerOfMoreThan64MiBIsA502() throws Exception {
            String mebibyte = "x".repeat(1 << 20);
            server.upstream.plays(exchange -> {
                exchange.begin().send("{\"choices\":[],\"x\":\"");
                for (int i = 0; i < 65; i++) {
                    exchange.send(mebibyte);
                }
                exchange.send("\"}").end();
            });
            assertThat(client.ask("local/priced").statusCode()).isEqualTo(502);
            nothingIsBilledOrHeld();
        }
    }

    @Nested
    class Silent {
        private final GatewayServer impatient = GatewayServer.impatient();
        private final GatewayServer.Client waiting = impatient.session().open();

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void isA504BeforeTheFirstByte(boolean headers) throws Exception {
            impatient.upstream.plays(exchange -> (headers ? exchange.begin() : exchange).pause(60_000));
            assertThat(waiting.stream("local/priced").statusCode()).isEqualTo(504);
            assertThat(waiting.held()).isEqualTo(Money.ZERO);
            assertThat(waiting.balance()).hasToString("5");
        }

        @Test
        void endsAStreamWithAnErrorFrame() throws Exception {
            impatient.upstream.plays(exchange -> exchange.begin()
                    .send(ScriptedUpstream.frame(ScriptedUpstream.delta("Hello")))
                    .pause(60_000));
            HttpResponse<String> response = waiting.stream("local/priced");
            // On a busy machine not even the first frame may come in time.
            if (response.statusCode() == 200) {
                assertThat(ChatTest.frames(response).getLast()).contains("timeout_error");
            } else {
                assertThat(response.statusCode()).isEqualTo(504);
            }
            assertThat(waiting.held()).isEqualTo(Money.ZERO);
        }
    }

    @Nested
    class InMidStream {
        private List<String> broken(Script script) throws Exception {
            server.upstream.plays(script);
            HttpResponse<String> response = client.stream("local/priced");
            assertThat(response.statusCode()).isEqualTo(200);
            List<String> frames = ChatTest.frames(response);
            assertThat(frames).doesNotContain("[DONE]");
            JsonNode last = WireJson.parse(frames.getLast());
            assertThat(last.path("error").path("message").isString()).isTrue();
            assertThat(last.path("message").asString())
                    .isEqualTo(last.path("error").path("message").asString());
            assertThat(client.held()).isEqualTo(Money.ZERO);
            return frames;
        }

        @Test
        void aDropIsBilledByWhatWasStreamed() throws Exception {
            List<String> frames = broken(exchange -> {
                exchange.begin().send(ScriptedUpstream.frame(ScriptedUpstream.delta("Hello")));
                exchange.send(ScriptedUpstream.frame(ScriptedUpstream.delta(" world")) + "data: {\"cho");
                exchange.pause(50).drop();
            });
            assertThat(frames).hasSize(3);
            // Bytes, as this model's tokenizer is not known: an upper bound of both.
            assertThat(billed().source()).isEqualTo(UsageSource.ESTIMATED);
            assertThat(billed().usage()).isEqualTo(Usage.ofTokens(93, 11));
        }

        @Test
        void anEndWithoutAnyFinishIsADrop() throws Exception {
            broken(exchange -> exchange.stream(ScriptedUpstream.frame(ScriptedUpstream.delta("Hello"))));
            assertThat(billed().usage().completionTokens()).isEqualTo(5);
        }

        @Test
        void aFrameThatIsNoJsonBreaksTheStream() throws Exception {
            List<String> frames =
                    broken(exchange -> exchange.stream(ScriptedUpstream.frame(ScriptedUpstream.delta("Hello"))
                            + "data: {not json\n\n" + ScriptedUpstream.frame(ScriptedUpstream.delta("never shown"))));
            assertThat(String.join("", frames)).doesNotContain("not json", "never shown");
            assertThat(billed().usage().completionTokens()).isEqualTo(5);
        }

        @Test
        void anErrorFrameIsHandedOnWithoutItsDetails() throws Exception {
            List<String> frames = broken(exchange -> exchange.stream(ScriptedUpstream.frame(
                            ScriptedUpstream.delta("Hello"))
                    + ScriptedUpstream.frame("{\"error\":{\"message\":\"secret host\",\"type\":\"overloaded\"}}")));
            assertThat(frames.getLast()).doesNotContain("secret").contains("api_error");
        }

        @Test
        void figuresTheProviderGaveBeforeItBrokeAreBilled() throws Exception {
            broken(exchange -> {
                exchange.begin()
                        .send(ScriptedUpstream.frame(ScriptedUpstream.delta("Hello"))
                                + ScriptedUpstream.frame(ScriptedUpstream.usage(50, 3)));
                exchange.send("data: {broken\n\n").end();
            });
            assertThat(billed().source()).isEqualTo(UsageSource.PROVIDER);
            assertThat(billed().usage()).isEqualTo(Usage.ofTokens(50, 3));
        }

        @Test
        void figuresThatTheStreamHasOutrunAreNoMoreThanAFloor() throws Exception {
            broken(exchange -> {
                exchange.begin()
                        .send(ScriptedUpstream.frame(ScriptedUpstream.usage(50, 3))
                                + ScriptedUpstream.frame(ScriptedUpstream.delta("Hello")));
                exchange.pause(20).drop();
            });
            assertThat(billed().source()).isEqualTo(UsageSource.ESTIMATED);
            assertThat(billed().usage()).isEqualTo(Usage.ofTokens(50, 5));
        }
    }

    @Nested
    class OddButComplete {
        private Metering complete(String frames) throws Exception {
            server.upstream.plays(exchange -> exchange.stream(frames));
            HttpResponse<String> response = client.stream("local/priced");
            assertThat(ChatTest.frames(response)).endsWith("[DONE]");
            return billed();
        }

        @Test
        void noUsageIsEstimated() throws Exception {
            Metering metering = complete(ScriptedUpstream.SAYS_HELLO_WORLD + "data: [DONE]\n\n");
            assertThat(metering.source()).isEqualTo(UsageSource.ESTIMATED);
            assertThat(metering.usage()).isEqualTo(Usage.ofTokens(93, 11));
        }

        @Test
        void usageTwiceCountsOnce() throws Exception {
            Metering metering = complete(ScriptedUpstream.SAYS_HELLO_WORLD
                    + ScriptedUpstream.frame(ScriptedUpstream.usage(10, 1))
                    + ScriptedUpstream.frame(ScriptedUpstream.usage(10, 2))
                    + "data: [DONE]\n\n");
            assertThat(metering.usage()).isEqualTo(Usage.ofTokens(10, 2));
        }

        @Test
        void anEndWithoutDoneAfterAFinishIsAnEnd() throws Exception {
            Metering metering = complete(ScriptedUpstream.SAYS_HELLO_WORLD);
            assertThat(metering.source()).isEqualTo(UsageSource.ESTIMATED);
        }

        @Test
        void usageInEveryChunkIsTakenFromTheLast() throws Exception {
            String withUsage = ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":%d,\"total_tokens\":%d}}";
            String one = ScriptedUpstream.delta("Hello");
            String two = ScriptedUpstream.delta(" world");
            Metering metering =
                    complete(ScriptedUpstream.frame(one.substring(0, one.length() - 1) + withUsage.formatted(1, 10))
                            + ScriptedUpstream.frame(two.substring(0, two.length() - 1) + withUsage.formatted(2, 11))
                            + ScriptedUpstream.frame(ScriptedUpstream.finish())
                            + "data: [DONE]\n\n");
            assertThat(metering.source()).isEqualTo(UsageSource.PROVIDER);
            assertThat(metering.usage()).isEqualTo(Usage.ofTokens(9, 2));
        }

        @Test
        void absurdUsageIsNotBelieved() throws Exception {
            Metering metering = complete(ScriptedUpstream.SAYS_HELLO_WORLD
                    + ScriptedUpstream.frame(ScriptedUpstream.usage(900_000_000L, 900_000_000L))
                    + "data: [DONE]\n\n");
            assertThat(metering.source()).isEqualTo(UsageSource.ESTIMATED);
            assertThat(metering.usage()).isEqualTo(Usage.ofTokens(93, 11));
        }

        @Test
        void anEstimateIsExactWhereTheTokenizerIsKnownAndNeverAboveTheLimit() throws Exception {
            server.upstream.plays(exchange -> exchange.stream(ScriptedUpstream.SAYS_HELLO_WORLD + "data: [DONE]\n\n"));
            client.stream("local/counted");
            assertThat(billed().usage().completionTokens()).isEqualTo(2);
            server.upstream.plays(exchange -> exchange.stream(ScriptedUpstream.SAYS_HELLO_WORLD + "data: [DONE]\n\n"));
            client.chat(GatewayServer.body("local/priced", ",\"stream\":true,\"max_tokens\":4"));
            assertThat(billed().usage().completionTokens()).isEqualTo(4);
        }
    }
}
