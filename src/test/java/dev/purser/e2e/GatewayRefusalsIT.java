package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every refusal of the gateway after its gate, in OpenAI's shape. */
class GatewayRefusalsIT {
    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);
    private final Minted rich = tenant.mintWith(1);

    @TestFactory
    Stream<DynamicTest> badBodiesAre400() {
        Refusals refusals = new Refusals();
        Map<String, String> bodies = Map.ofEntries(
                Map.entry("nothing", ""),
                Map.entry("broken JSON", "{\"model\":"),
                Map.entry("a list", "[]"),
                Map.entry("no model", "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
                Map.entry("a number as model", "{\"model\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
                Map.entry("no messages", "{\"model\":\"builtin/free-chat\"}"),
                Map.entry("empty messages", "{\"model\":\"builtin/free-chat\",\"messages\":[]}"),
                Map.entry("text as messages", "{\"model\":\"builtin/free-chat\",\"messages\":\"hi\"}"),
                Map.entry("max_tokens 0", spoiled("\"max_tokens\":0")),
                Map.entry("max_tokens below 0", spoiled("\"max_tokens\":-5")),
                Map.entry("text as max_tokens", spoiled("\"max_tokens\":\"many\"")),
                Map.entry("n 0", spoiled("\"n\":0")),
                Map.entry("a number as stream", spoiled("\"stream\":1")));
        bodies.forEach((name, body) -> refusals.gateway(
                name, 400, "invalid_request_error", "null", () -> rich.gateway().post("/v1/chat/completions", body)));
        return refusals.rows();
    }

    @TestFactory
    Stream<DynamicTest> badBodiesOfEmbeddingsAndImagesAre400() {
        Refusals refusals = new Refusals();
        Map<String, Map<String, Object>> embeddings = Map.of(
                "no input", Json.object("model", "builtin/free-embedding"),
                "empty input", Json.object("model", "builtin/free-embedding", "input", List.of()),
                "an object as input", Json.object("model", "builtin/free-embedding", "input", Map.of()),
                "a chat model for embeddings", Json.object("model", "builtin/free-chat", "input", "hi"),
                "an unknown encoding",
                        Json.object("model", "builtin/free-embedding", "input", "hi", "encoding_format", "int8"));
        embeddings.forEach((name, body) -> refusals.gateway(
                name, 400, "invalid_request_error", "null", () -> rich.gateway().post("/v1/embeddings", body)));
        Map<String, Map<String, Object>> images = Map.of(
                "no prompt", Json.object("model", "builtin/free-image"),
                "n 11", Json.object("model", "builtin/free-image", "prompt", "hi", "n", 11),
                "an unknown size", Json.object("model", "builtin/free-image", "prompt", "hi", "size", "vast"),
                "an unknown format",
                        Json.object("model", "builtin/free-image", "prompt", "hi", "response_format", "svg"),
                "a stream of images", Json.object("model", "builtin/free-image", "prompt", "hi", "stream", true));
        images.forEach((name, body) -> refusals.gateway(
                name, 400, "invalid_request_error", "null", () -> rich.gateway().post("/v1/images/generations", body)));
        return refusals.rows();
    }

    @TestFactory
    Stream<DynamicTest> embeddingsAndImagesHaveTheGatesOfAChat() {
        Minted scoped = tenant.mint(
                Json.object("customer", "scoped-kinds", "scope", Json.object("models", List.of("builtin/free-chat"))));
        Minted test = tenant.mintTest();
        Minted poor = tenant.mint();
        Refusals refusals = new Refusals();
        Map.of(
                        "/v1/embeddings", List.of(Upstream.VECTORS, "input", "builtin/free-embedding"),
                        "/v1/images/generations", List.of(Upstream.PICTURES, "prompt", "builtin/free-image"))
                .forEach((path, of) -> {
                    Map<String, Object> priced = Json.object("model", of.get(0), of.get(1), "hello");
                    Map<String, Object> free = Json.object("model", of.get(2), of.get(1), "hello");
                    Map<String, Object> unknown = Json.object("model", "no-such-model", of.get(1), "hello");
                    refusals.gateway(
                                    path + ": an unknown model",
                                    404,
                                    "not_found",
                                    "model_not_found",
                                    () -> rich.gateway().post(path, unknown))
                            .gatewaySaying(
                                    "auto",
                                    path + ": a priced model in test mode",
                                    403,
                                    "permission_denied",
                                    () -> test.gateway().post(path, priced))
                            .gatewaySaying(
                                    "scope",
                                    path + ": a model outside the scope",
                                    403,
                                    "permission_denied",
                                    () -> scoped.gateway().post(path, free))
                            .gateway(
                                    path + ": an empty wallet",
                                    402,
                                    "billing_error",
                                    "insufficient_credits",
                                    () -> poor.gateway().post(path, priced))
                            .passes(
                                    path + ": a free model needs no money",
                                    200,
                                    () -> poor.gateway().post(path, free))
                            .passes(
                                    path + ": in test mode neither",
                                    200,
                                    () -> test.gateway().post(path, free));
                });
        return refusals.rows();
    }

    @TestFactory
    Stream<DynamicTest> modelScopeAndModeDecideBeforeMoney() {
        Minted scoped = tenant.mint(Json.object(
                "customer", "scoped", "scope", Json.object("models", List.of("builtin/free-chat", "dear"))));
        Minted test = tenant.mintTest();
        Refusals refusals = new Refusals();
        for (boolean stream : new boolean[] {false, true}) {
            String how = stream ? " streamed" : "";
            refusals.gateway(
                            "an unknown model" + how,
                            404,
                            "not_found",
                            "model_not_found",
                            () -> chat(rich, "no-such-model", stream))
                    .gateway(
                            "an unknown model of a known provider" + how,
                            404,
                            "not_found",
                            "model_not_found",
                            () -> chat(rich, "fake/no-such-model", stream))
                    .gateway(
                            "a model of a provider that sandbox money does not reach" + how,
                            404,
                            "not_found",
                            "model_not_found",
                            () -> chat(rich, "openai/gpt-4o-mini", stream))
                    .gatewaySaying(
                            "auto",
                            "a priced model in test mode" + how,
                            403,
                            "permission_denied",
                            () -> chat(test, Upstream.STEADY.name(), stream))
                    .gatewaySaying(
                            "auto",
                            "the priced built-in in test mode" + how,
                            403,
                            "permission_denied",
                            () -> chat(test, "builtin/priced-echo", stream))
                    .gatewaySaying(
                            "steady",
                            "a model outside the scope" + how,
                            403,
                            "permission_denied",
                            () -> chat(scoped, Upstream.STEADY.name(), stream))
                    .passes("a model in the scope" + how, 200, () -> chat(scoped, "builtin/free-chat", stream))
                    .gateway(
                            "a bare model in the scope, without money" + how,
                            402,
                            "billing_error",
                            "insufficient_credits",
                            () -> chat(scoped, "fake/dear", stream));
        }
        return refusals.gateway(
                        "GET of an unknown model",
                        404,
                        "not_found",
                        "model_not_found",
                        () -> rich.gateway().get("/v1/models/no-such-model"))
                .gateway(
                        "GET of a model outside the scope",
                        404,
                        "not_found",
                        "model_not_found",
                        () -> scoped.gateway().get("/v1/models/" + Upstream.STEADY.name()))
                .gateway(
                        "GET of a priced model in test mode",
                        404,
                        "not_found",
                        "model_not_found",
                        () -> test.gateway().get("/v1/models/" + Upstream.STEADY.name()))
                .rows();
    }

    @TestFactory
    Stream<DynamicTest> withoutMoneyNothingIsAnsweredThatCosts() {
        Minted poor = tenant.mint();
        Minted almost = tenant.mintWith("0.000001");
        Minted capped = Minted.of(
                product,
                tenant.backend()
                        .post(
                                "/v1/sessions",
                                Json.object(
                                        "customer",
                                        "capped-" + UUID.randomUUID(),
                                        "scope",
                                        Json.object("maxSpend", "0.000001")))
                        .expect(201));
        tenant.credit(capped.walletId(), 1);
        Refusals refusals = new Refusals();
        for (boolean stream : new boolean[] {false, true}) {
            String how = stream ? " streamed" : "";
            refusals.gateway(
                            "an empty wallet" + how,
                            402,
                            "billing_error",
                            "insufficient_credits",
                            () -> chat(poor, Upstream.STEADY.name(), stream))
                    .gateway(
                            "less than one token's worth" + how,
                            402,
                            "billing_error",
                            "insufficient_credits",
                            () -> chat(almost, Upstream.DEAR.name(), stream))
                    .gatewaySaying(
                            "0.000001 available",
                            "the message names what there is" + how,
                            402,
                            "billing_error",
                            () -> chat(almost, Upstream.DEAR.name(), stream))
                    .gatewaySaying(
                            "needed",
                            "and what is needed" + how,
                            402,
                            "billing_error",
                            () -> chat(almost, Upstream.DEAR.name(), stream))
                    .gateway(
                            "a session's cap" + how,
                            402,
                            "billing_error",
                            "session_spend_cap",
                            () -> chat(capped, Upstream.DEAR.name(), stream))
                    .passes("a free model needs none" + how, 200, () -> chat(poor, "builtin/free-chat", stream));
        }
        return refusals.rows();
    }

    @Test
    void aRefusedCallLeavesNoTrace() {
        Minted almost = tenant.mintWith("0.000001");
        for (int call = 0; call < 5; call++) {
            chat(almost, Upstream.DEAR.name(), true).expect(402);
            chat(almost, "no-such-model", false).expect(404);
        }
        Answer wallet = tenant.wallet(almost.walletId());
        assertThat(wallet.money("/held")).isZero();
        assertThat(wallet.money("/balance")).isEqualByComparingTo(new BigDecimal("0.000001"));
        assertThat(LedgerEntries.of(tenant, almost.walletId()).entries()).hasSize(1);
    }

    @TestFactory
    Stream<DynamicTest> routesOfTheOpenAiApiThatAreNotOfferedSaySo() {
        Refusals refusals = new Refusals();
        for (String path : List.of(
                "/v1/completions",
                "/v1/responses",
                "/v1/audio/speech",
                "/v1/images/edits",
                "/v1/images/variations",
                "/v1/moderations",
                "/v1/files",
                "/v1/assistants",
                "/v1/threads",
                "/v1/batches",
                "/v1/fine_tuning/jobs",
                "/v1/vector_stores",
                "/v1/realtime/sessions")) {
            refusals.gatewaySaying(
                    "not offer",
                    "POST " + path,
                    404,
                    "not_found",
                    () -> rich.gateway().post(path, "{\"model\":\"builtin/free-chat\"}"));
        }
        return refusals.gatewaySaying(
                        "",
                        "an unknown path of the gateway",
                        404,
                        "not_found",
                        () -> rich.gateway().get("/v1/nonsense"))
                .rows();
    }

    /** Judged by its announced length, before it is on its way. */
    @Test
    void aBodyAboveTheLimitIs413() throws IOException {
        String head =
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + rich.token()
                        + "\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n{";
        RawHttp.Reply reply = RawHttp.exchange(product.gatewayPort(), FuzzIT.utf8(head), false)
                .orElseThrow();
        assertThat(reply.status()).isEqualTo(413);
        assertThat(Json.read(reply.body()).at("/error/type").stringValue()).isEqualTo("request_too_large");
    }

    @Test
    void aBodyThatIsNotJsonByItsOwnWordIs415() {
        rich.gateway()
                .with("Content-Type", "text/plain")
                .post("/v1/chat/completions", Json.write(Minted.chatBody("builtin/free-chat", "hello")))
                .expectGatewayError(415, "unsupported_media_type");
    }

    private static Answer chat(Minted minted, String model, boolean stream) {
        Map<String, Object> body = Minted.chatBody(model, "hello");
        body.put("stream", stream);
        return minted.gateway().post("/v1/chat/completions", body);
    }

    private static String spoiled(String field) {
        return "{\"model\":\"builtin/free-chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + field + "}";
    }
}
