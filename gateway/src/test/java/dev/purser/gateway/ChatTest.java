package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Money;
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.gateway.wire.WireJson;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatTest {
    private final GatewayServer server = GatewayServer.shared();

    static List<String> frames(HttpResponse<String> response) {
        assertThat(response.body()).endsWith("\n\n");
        return Stream.of(response.body().split("\n\n"))
                .peek(frame -> assertThat(frame).startsWith("data: ").doesNotContain("\n", "\r"))
                .map(frame -> frame.substring("data: ".length()))
                .toList();
    }

    @Test
    void answersWholeAndBillsTheProvidersOwnFigures() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.json(
                200,
                ScriptedUpstream.whole(
                        "Hi", ",\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":200,\"total_tokens\":1200}")));

        HttpResponse<String> response = client.ask("local/priced");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = WireJson.parse(response.body());
        assertThat(answer.path("id").asString()).isEqualTo("up-9");
        assertThat(answer.path("object").asString()).isEqualTo("chat.completion");
        assertThat(answer.path("model").asString()).isEqualTo("local/priced");
        assertThat(answer.path("system_fingerprint").asString()).isEqualTo("fp_x");
        assertThat(answer.path("usage").path("prompt_tokens").asInt()).isEqualTo(1000);
        // 1000 × 3/M + 200 × 15/M
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains("0.006");
        assertThat(client.balance()).hasToString("4.994");
        assertThat(client.held()).isEqualTo(Money.ZERO);

        UsageDebited debited =
                server.ledger.events(client.wallet, UsageDebited.class).getFirst();
        assertThat(debited.id().value())
                .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(debited.metering())
                .isEqualTo(new Metering(
                        "local/priced", "local", Usage.ofTokens(1000, 200), UsageSource.PROVIDER, 1, "up-9"));
    }

    @Test
    void holdsTheWorstCaseAndSendsItsLimit() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.json(200, ScriptedUpstream.whole("Hi", "")));

        client.chat("""
            {"model":"local/priced","n":2,"temperature":1.50,"custom":{"a":[1.0,2e5]},
             "messages":[{"role":"user","content":"Say hello"}]}\
            """);

        JsonNode sent = server.upstream.received.getLast().body();
        assertThat(sent.path("model").asString()).isEqualTo("m");
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(1000);
        assertThat(sent.path("custom")).hasToString("{\"a\":[1.0,2E+5]}");
        assertThat(sent.path("temperature")).hasToString("1.50");
        assertThat(sent.has("stream_options")).isFalse();
        CreditsHeld held =
                server.ledger.events(client.wallet, CreditsHeld.class).getFirst();
        // 64 + 16 for the message + "user" and "Say hello" by bytes = 93 input tokens; 2 × 1000 output tokens.
        assertThat(held.amount()).hasToString("0.030279");
        assertThat(held.model()).isEqualTo("local/priced");
    }

    @Test
    void capsWhatTheClientWantsAtTheModelsMaximumInTheFieldThatTheProviderHeeds() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.json(200, ScriptedUpstream.whole("Hi", "")));

        client.chat(GatewayServer.body("local/priced", ",\"max_completion_tokens\":999999"));

        JsonNode sent = server.upstream.received.getLast().body();
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(8000);
        assertThat(sent.has("max_completion_tokens")).isFalse();
        client.chat(GatewayServer.body("second/priced", ",\"max_completion_tokens\":70,\"max_tokens\":50"));
        sent = server.upstream.received.getLast().body();
        assertThat(sent.path("max_completion_tokens").asInt()).isEqualTo(50);
        assertThat(sent.has("max_tokens")).isFalse();
    }

    @Test
    void usesTheFieldAndOptionsThatAProviderTakes() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.stream(ScriptedUpstream.SAYS_HELLO_WORLD
                + ScriptedUpstream.frame(ScriptedUpstream.usage(10, 2))
                + "data: [DONE]\n\n"));

        client.stream("second/priced");

        JsonNode sent = server.upstream.received.getLast().body();
        assertThat(sent.path("max_completion_tokens").asInt()).isEqualTo(1000);
        assertThat(sent.has("max_tokens")).isFalse();
        assertThat(sent.has("stream_options")).isFalse();
        assertThat(server.upstream.received.getLast().headers()).doesNotContainKey("authorization");
    }

    @Test
    void streamsEveryChunkWithWhatClientsInsistOnAndHidesUsageNobodyAskedFor() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.stream("data:"
            + " {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\",\"x\":1}}],\"usage\":null,\"y\":[1.50]}\r\n\r\n"
            + ": a comment\n\n"
                + ScriptedUpstream.frame(ScriptedUpstream.finish())
                + ScriptedUpstream.frame(ScriptedUpstream.usage(1000, 200))
                + "data: [DONE]\n\n"));

        HttpResponse<String> response = client.stream("local/priced");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        assertThat(response.headers().firstValue("x-accel-buffering")).contains("no");
        List<String> frames = frames(response);
        assertThat(frames).hasSize(3);
        assertThat(frames.getLast()).isEqualTo("[DONE]");
        for (String frame : frames.subList(0, 2)) {
            JsonNode chunk = WireJson.parse(frame);
            assertThat(chunk.path("id").asString()).isNotEmpty();
            assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.path("created").isIntegralNumber()).isTrue();
            assertThat(chunk.path("model").asString()).isEqualTo("local/priced");
            assertThat(chunk.has("usage")).isFalse();
        }
        assertThat(WireJson.parse(frames.getFirst()).path("y")).hasToString("[1.50]");
        assertThat(WireJson.parse(frames.getFirst())
                        .path("choices")
                        .path(0)
                        .path("delta")
                        .path("x")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.upstream
                        .received
                        .getLast()
                        .body()
                        .path("stream_options")
                        .path("include_usage")
                        .asBoolean())
                .isTrue();
        assertThat(server.upstream.received.getLast().headers())
                .containsEntry("authorization", "Bearer sk-local-secret-key");
        assertThat(client.balance()).hasToString("4.994");
    }

    @Test
    void showsUsageInALastChunkToWhoeverAsked() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.stream(ScriptedUpstream.SAYS_HELLO_WORLD
                + ScriptedUpstream.frame(ScriptedUpstream.usage(7, 2))
                + "data: [DONE]\n\n"));

        HttpResponse<String> response = client.chat(GatewayServer.body(
                "local/priced", ",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"other\":1}"));

        List<String> frames = frames(response);
        for (String frame : frames.subList(0, frames.size() - 2)) {
            assertThat(WireJson.parse(frame).get("usage").isNull()).isTrue();
        }
        JsonNode last = WireJson.parse(frames.get(frames.size() - 2));
        assertThat(last.path("choices").isArray()).isTrue();
        assertThat(last.path("choices").isEmpty()).isTrue();
        assertThat(last.path("id").asString()).isEqualTo("up-1");
        assertThat(last.path("usage").path("total_tokens").asInt()).isEqualTo(9);
        assertThat(frames.getLast()).isEqualTo("[DONE]");
        assertThat(server.upstream.received.getLast().body().path("stream_options"))
                .hasToString("{\"include_usage\":true,\"other\":1}");
    }

    @Test
    void settlesBeforeTheLastByteGoesOut() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.stream(ScriptedUpstream.SAYS_HELLO_WORLD
                + ScriptedUpstream.frame(ScriptedUpstream.usage(1000, 200))
                + "data: [DONE]\n\n"));

        for (int i = 1; i <= 20; i++) {
            client.stream("local/priced");
            assertThat(server.ledger.events(client.wallet, UsageDebited.class)).hasSize(i);
        }
        assertThat(client.balance()).hasToString("4.88");
    }

    @Test
    void billsCachedInputAtItsOwnPrice() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.json(
                200,
                ScriptedUpstream.whole(
                        "Hi",
                        ",\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":0,\"total_tokens\":1000,"
                                + "\"prompt_tokens_details\":{\"cached_tokens\":900}}")));

        HttpResponse<String> response = client.ask("local/priced");

        // A provider that reports no output for "Hi" is not believed: the estimate counts its two bytes.
        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains("0.0006");
    }

    @Test
    void everyChunkOfAnAnswerHasTheSameIdWhereTheProviderGivesNone() throws Exception {
        var client = server.session().open();
        server.upstream.plays(exchange -> exchange.stream("""
            data: {"choices":[{"index":0,"delta":{"content":"a"}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """));

        HttpResponse<String> response = client.chat(
                GatewayServer.body("local/priced", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        List<String> frames = frames(response);
        String id = "chatcmpl-" + response.headers().firstValue("X-Request-Id").orElseThrow();
        for (String frame : frames.subList(0, 3)) {
            assertThat(WireJson.parse(frame).path("id").asString()).isEqualTo(id);
        }
        // Nobody reported any usage: the last chunk shows what was billed.
        assertThat(WireJson.parse(frames.get(2)).path("usage"))
                .hasToString("{\"prompt_tokens\":93,\"completion_tokens\":1,\"total_tokens\":94}");
    }

    @Test
    void aTrueCostAboveTheHoldTakesWhatIsThereAndRecordsTheRestAsLoss() throws Exception {
        var client = server.session().with("0.031").open();
        server.upstream.plays(exchange -> exchange.json(
                200,
                ScriptedUpstream.whole(
                        "Hi", ",\"usage\":{\"prompt_tokens\":5000,\"completion_tokens\":2000,\"total_tokens\":7000}")));

        HttpResponse<String> response = client.ask("local/priced");

        assertThat(response.headers().firstValue("X-LLMGateway-Cost")).contains("0.031");
        UsageDebited debited =
                server.ledger.events(client.wallet, UsageDebited.class).getFirst();
        assertThat(debited.cost()).hasToString("0.045");
        assertThat(debited.charged()).hasToString("0.031");
        assertThat(client.balance()).isEqualTo(Money.ZERO);
    }
}
