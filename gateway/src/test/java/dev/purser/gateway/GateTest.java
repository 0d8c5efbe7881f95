package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Money;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.gateway.wire.WireJson;
import java.net.http.HttpResponse;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who may not call what, in which order that is said, and that a refusal costs nothing and calls nobody. */
class GateTest {
    private final GatewayServer server = GatewayServer.shared();

    private JsonNode refused(HttpResponse<String> response, int status, String type) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("application/json");
        JsonNode body = WireJson.parse(response.body());
        assertThat(body.path("error").path("type").asString()).isEqualTo(type);
        assertThat(body.path("message").asString())
                .isEqualTo(body.path("error").path("message").asString());
        return body.path("error");
    }

    @Test
    void aCallWithoutASessionIsRefusedBeforeItsBodyIsRead() throws Exception {
        var nobody = server.new Client("es_" + "x".repeat(40), server.session().open().wallet);
        refused(nobody.chat("no json"), 401, "invalid_request_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"x\"", "{", "{\"model\":\"a\"} x", "null"})
    void aBodyThatIsNoJsonObjectIsA400(String body) throws Exception {
        refused(server.session().open().chat(body), 400, "invalid_request_error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        model                 | {"messages":[{"role":"user","content":"x"}]}
        model                 | {"model":7,"messages":[{"role":"user","content":"x"}]}
        messages              | {"model":"local/priced"}
        messages              | {"model":"local/priced","messages":[]}
        messages              | {"model":"local/priced","messages":{}}
        messages[0]           | {"model":"local/priced","messages":["x"]}
        messages[0]           | {"model":"local/priced","messages":[{"content":"x"}]}
        messages[0].content   | {"model":"local/priced","messages":[{"role":"user","content":5}]}
        messages[0].content   | {"model":"local/priced","messages":[{"role":"user","content":["x"]}]}
        stream                | {"model":"m","messages":[{"role":"u"}],"stream":"yes"}
        stream_options        | {"model":"m","messages":[{"role":"u"}],"stream_options":{}}
        stream_options.include_usage | {"model":"m","messages":[{"role":"u"}],"stream":true,"stream_options":{"include_usage":1}}
        max_tokens            | {"model":"m","messages":[{"role":"u"}],"max_tokens":0}
        max_tokens            | {"model":"m","messages":[{"role":"u"}],"max_tokens":1.5}
        max_completion_tokens | {"model":"m","messages":[{"role":"u"}],"max_completion_tokens":-1}
        max_tokens            | {"model":"m","messages":[{"role":"u"}],"max_tokens":99999999999999999999}
        n                     | {"model":"m","messages":[{"role":"u"}],"n":129}
        n                     | {"model":"m","messages":[{"role":"u"}],"n":"2"}
        service_tier          | {"model":"m","messages":[{"role":"u"}],"service_tier":"priority"}
        web_search_options    | {"model":"m","messages":[{"role":"u"}],"web_search_options":{}}
        modalities            | {"model":"m","messages":[{"role":"u"}],"modalities":["text","audio"]}
        """)
    void aFieldThatCannotBeIsA400ThatNamesIt(String param, String body) throws Exception {
        JsonNode error = refused(server.session().open().chat(body), 400, "invalid_request_error");
        assertThat(error.path("param").asString()).isEqualTo(param);
        assertThat(error.path("code").isNull()).isTrue();
    }

    @Test
    void otherTypesThanJsonAreA415AndTooMuchIsA413() throws Exception {
        var client = server.session().open();
        refused(
                client.chat(GatewayServer.body("local/priced", ""), "Content-Type", "text/plain"),
                415,
                "unsupported_media_type");
        String long21MiB = "x".repeat(21 << 20);
        refused(client.chat(GatewayServer.body(long21MiB, "")), 413, "request_too_large");
    }

    @Test
    void anUnknownModelIsA404EvenWhereTheScopeWouldNotAllowIt() throws Exception {
        var client = server.session().models("local/priced").open();
        JsonNode error = refused(client.ask("nobody/nothing"), 404, "not_found");
        assertThat(error.path("code").asString()).isEqualTo("model_not_found");
        assertThat(error.path("param").asString()).isEqualTo("model");
    }

    @Test
    void aKnownModelThatIsNotSetUpIsA404ThatSaysHowToEnableIt() throws Exception {
        JsonNode error = refused(server.session().open().ask("openai/gpt-4o-mini"), 404, "not_found");
        assertThat(error.path("message").asString()).contains("play money").contains("PURSER_PAYMENTS=none");
    }

    @Test
    void aTestSessionGetsA403ThatNamesAutoForAPricedModelBeforeItsScopeIsLookedAt() throws Exception {
        var client = server.session().test().models("local/gratis").open();
        JsonNode error = refused(client.ask("local/priced"), 403, "permission_denied");
        assertThat(error.path("message").asString()).contains("\"auto\"");
        assertThat(client.ask("builtin/free-echo").statusCode()).isEqualTo(403);
    }

    @Test
    void aModelOutsideTheScopeIsA403BeforeMoneyIsLookedAt() throws Exception {
        var client = server.session().models("local/gratis").with("0").open();
        JsonNode error = refused(client.ask("local/priced"), 403, "permission_denied");
        assertThat(error.path("message").asString()).contains("scope");
    }

    @Test
    void aPinnedEntryAllowsItsProviderAloneAndABareOneAny() throws Exception {
        server.upstream.plays(exchange -> exchange.json(200, ScriptedUpstream.whole("Hi", "")));
        var pinned = server.session().models("second/priced").open();
        assertThat(pinned.ask("local/priced").statusCode()).isEqualTo(403);
        HttpResponse<String> bare = pinned.ask("priced");
        assertThat(bare.statusCode()).isEqualTo(200);
        assertThat(WireJson.parse(bare.body()).path("model").asString()).isEqualTo("second/priced");
        var any = server.session().models("priced").open();
        assertThat(any.ask("local/priced").statusCode()).isEqualTo(200);
        assertThat(any.ask("second/priced").statusCode()).isEqualTo(200);
    }

    @Test
    void tooLittleMoneyIsA402AndNobodyIsCalled() throws Exception {
        var client = server.session().with("0.03").open();
        int before = server.upstream.received.size();
        JsonNode error = refused(client.chat(GatewayServer.body("local/priced", ",\"n\":2")), 402, "billing_error");
        assertThat(error.path("code").asString()).isEqualTo("insufficient_credits");
        assertThat(server.upstream.received).hasSize(before);
        assertThat(server.ledger.events(client.wallet, CreditsHeld.class)).isEmpty();
    }

    @Test
    void aFullSessionIsA402OfItsOwnAndCallsUnderWayCount() throws Exception {
        var client = server.session().maxSpend("0.02").open();
        server.upstream.plays(exchange -> exchange.begin()
                .send(ScriptedUpstream.SAYS_HELLO_WORLD)
                .pause(600)
                .send("data: [DONE]\n\n")
                .end());
        Thread first = Thread.ofVirtual().start(() -> {
            try {
                client.stream("local/priced");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        while (server.ledger.events(client.wallet, CreditsHeld.class).isEmpty()) {
            Thread.sleep(10);
        }
        JsonNode error = refused(client.ask("local/priced"), 402, "billing_error");
        assertThat(error.path("code").asString()).isEqualTo("session_spend_cap");
        first.join();
        server.upstream.plays(exchange -> exchange.json(200, ScriptedUpstream.whole("Hi", "")));
        assertThat(client.ask("local/priced").statusCode()).isEqualTo(200);
    }

    @Test
    void parallelCallsNeverSpendMoreThanThereIs() throws Exception {
        // Each holds 0.015279 and costs 0.015: of 0.1 no more than six fit at a time, and none is ever unpaid.
        var client = server.session().with("0.1").open();
        server.upstream.plays(exchange -> exchange.json(
                200,
                ScriptedUpstream.whole(
                        "Hi", ",\"usage\":{\"prompt_tokens\":50,\"completion_tokens\":990,\"total_tokens\":1040}")));
        var statuses = new ConcurrentLinkedQueue<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                threads.execute(() -> {
                    try {
                        statuses.add(client.ask("local/priced").statusCode());
                    } catch (Exception e) {
                        statuses.add(-1);
                    }
                });
            }
        }
        assertThat(statuses).hasSize(30).containsOnly(200, 402);
        long paid = statuses.stream().filter(status -> status == 200).count();
        assertThat(client.held()).isEqualTo(Money.ZERO);
        assertThat(client.balance().nanos())
                .isEqualTo(100_000_000L - paid * 15_000_000L)
                .isNotNegative();
    }
}
