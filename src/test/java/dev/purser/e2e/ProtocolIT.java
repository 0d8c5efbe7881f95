package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules that hold on every route: errors, bodies, request ids, CORS. */
class ProtocolIT {
    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);
    private final Minted minted = tenant.mintWith(1);

    @TestFactory
    Stream<DynamicTest> wrongPathsMethodsAndSizesAreErrorsOfTheDocumentedShape() {
        Api backend = tenant.backend();
        String wallet = "/v1/wallets/" + minted.walletId();
        Refusals refusals = new Refusals();
        for (String path :
                List.of("/", "/v1", "/v2/sessions", "/v1/nonsense", "/v1/wallets", "/index.html", "/error")) {
            refusals.api("GET " + path, 404, "not_found", () -> backend.get(path))
                    .api("POST " + path, 404, "not_found", () -> backend.post(path, "{}"))
                    .api(
                            "GET " + path + " without a token",
                            404,
                            "not_found",
                            () -> product.api().get(path));
        }
        for (String route : List.of(
                "GET /v1/sessions",
                "DELETE /v1/sessions",
                "PUT " + wallet,
                "POST " + wallet,
                "GET " + wallet + "/credit",
                "DELETE /v1/customers",
                "POST /v1/wallet/balance",
                "POST /v1/config")) {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1);
            refusals.api(route, 405, "method_not_allowed", () -> backend.send(method, path, null));
        }
        return refusals.gateway(
                        "GET /v1/chat/completions",
                        405,
                        "invalid_request_error",
                        "method_not_allowed",
                        () -> minted.gateway().get("/v1/chat/completions"))
                .api(
                        "a body above the limit",
                        413,
                        "request_too_large",
                        () -> backend.post("/v1/sessions", "{\"customer\":\"" + "x".repeat(1_500_000) + "\"}"))
                .api(
                        "text as Content-Type",
                        415,
                        "unsupported_media_type",
                        () -> backend.with("Content-Type", "text/plain").post("/v1/sessions", "{\"customer\":\"ann\"}"))
                .rows();
    }

    @Test
    void everyAnswerHasARequestIdOfItsOwn() {
        List<Answer> answers = List.of(
                tenant.wallet(minted.walletId()),
                tenant.backend().get("/v1/nonsense"),
                product.api().get("/v1/customers"),
                minted.gateway().get("/v1/models").expect(200),
                minted.chat("no/such-model", "hello"),
                product.api().get("/v1/config").expect(200));
        assertThat(answers.stream().map(answer -> answer.header("X-Request-Id").orElse("none")))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9A-Za-z]{8,40}"));
    }

    @Test
    void requestsWithoutABodyMayHaveAContentTypeAndOnesWithoutOneAreTaken() throws IOException {
        String empty = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ";
        for (String headers : List.of(
                "\r\n\r\n",
                "\r\nContent-Length: 0\r\n\r\n",
                "\r\nContent-Type: application/json\r\n\r\n",
                "\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n",
                "\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(status("GET /v1/wallets/" + minted.walletId() + empty + tenant.liveKey() + headers))
                    .isEqualTo(200);
            Minted session = tenant.mint();
            assertThat(status("POST /v1/sessions/refresh" + empty + session.token() + headers))
                    .isEqualTo(200);
        }
    }

    @Test
    void theConfigIsPublicAndKnowsTheSandbox() {
        Answer config = product.api().get("/v1/config").expect(200);
        assertThat(config.text("/paymentMode")).isEqualTo("sandbox");
        assertThat(config.text("/stripePublishableKey")).startsWith("pk_live_");
        assertThat(config.text("/stripePublishableKeyTest")).startsWith("pk_test_");
        product.api().as("es_garbage").get("/v1/config").expect(200);
    }

    @Test
    void theVersionIsTold() {
        assertThat(product.api().get("/v1/version").expect(200).text("/version"))
                .isNotBlank();
    }

    @TestFactory
    Stream<DynamicTest> browsersMayAskFirstFromAnywhere() {
        return Stream.of(
                        "/v1/wallet/balance",
                        "/v1/wallet/top-up",
                        "/v1/sessions/refresh",
                        "/v1/config",
                        "/v1/requests/reqAny",
                        "/v1/models",
                        "/v1/chat/completions",
                        "/v1/images/generations",
                        "/v1/embeddings")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    boolean gateway = path.matches("/v1/(models|chat|images|embeddings).*");
                    Answer answer = (gateway ? product.gateway() : product.api())
                            .with("Origin", "https://anywhere.example")
                            .with("Access-Control-Request-Method", "POST")
                            .with("Access-Control-Request-Headers", "authorization,content-type,x-stainless-os")
                            .send("OPTIONS", path, null)
                            .expect(204);
                    assertAllowed(answer, "https://anywhere.example");
                    assertThat(answer.header("Access-Control-Max-Age")).hasValue("600");
                    assertThat(answer.header("Access-Control-Allow-Headers").orElse(""))
                            .containsIgnoringCase("authorization")
                            .containsIgnoringCase("content-type")
                            .containsIgnoringCase("x-stainless-os");
                    assertThat(answer.header("Access-Control-Allow-Methods").orElse(""))
                            .contains("POST", "GET", "OPTIONS");
                }));
    }

    @Test
    void theOriginIsEchoedOnAnswersAndOnErrorsAndWhatABrowserMayReadIsExposed() {
        for (Answer answer : List.of(
                minted.browser()
                        .with("Origin", "https://a.example")
                        .get("/v1/wallet/balance")
                        .expect(200),
                product.api()
                        .with("Origin", "https://a.example")
                        .get("/v1/wallet/balance")
                        .expect(401),
                minted.gateway()
                        .with("Origin", "https://a.example")
                        .post("/v1/chat/completions", Minted.chatBody("builtin/free-chat", "hi"))
                        .expect(200),
                minted.gateway()
                        .with("Origin", "https://a.example")
                        .post("/v1/chat/completions", Minted.streamBody("builtin/free-chat", "hi"))
                        .expect(200),
                minted.gateway()
                        .with("Origin", "https://a.example")
                        .post("/v1/chat/completions", "{not json")
                        .expect(400))) {
            assertAllowed(answer, "https://a.example");
            assertThat(answer.header("Access-Control-Expose-Headers").orElse(""))
                    .containsIgnoringCase("X-Request-Id")
                    .containsIgnoringCase("X-LLMGateway-Cost")
                    .containsIgnoringCase("Retry-After")
                    .containsIgnoringCase("Idempotent-Replayed");
        }
    }

    @Test
    void backendRoutesHaveNoCors() {
        Answer answer = tenant.backend().with("Origin", "https://a.example").get("/v1/customers");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        Answer preflight = product.api()
                .with("Origin", "https://a.example")
                .with("Access-Control-Request-Method", "POST")
                .send("OPTIONS", "/v1/sessions", null);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void healthAndMetricsAreOnThePortOfTheirOwn() {
        assertThat(product.management().get("/actuator/health").expect(200).text("/status"))
                .isEqualTo("UP");
        assertThat(product.management().get("/actuator/prometheus").expect(200).body())
                .contains("jvm_");
        product.api().get("/actuator/health").expectApiError(404);
    }

    private static void assertAllowed(Answer answer, String origin) {
        assertThat(answer.header("Access-Control-Allow-Origin")).hasValue(origin);
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(String.join(",", answer.headers().allValues("Vary"))).containsIgnoringCase("Origin");
    }

    private int status(String request) throws IOException {
        return RawHttp.exchange(product.apiPort(), FuzzIT.utf8(request), false)
                .orElseThrow()
                .status();
    }
}
