package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every refusal of the gate that browsers go through, on both hosts. */
class BrowserRefusalsIT {
    private static final String UNKNOWN = "es_" + "x".repeat(40);
    private static final String CHAT = Json.write(Minted.chatBody("builtin/free-chat", "hello"));

    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);

    @TestFactory
    Stream<DynamicTest> withoutAGoodTokenNothingIsAnswered() {
        Minted minted = tenant.mint();
        Refusals refusals = new Refusals();
        for (String route : List.of("GET /v1/wallet/balance", "POST /v1/wallet/top-up", "POST /v1/sessions/refresh")) {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1);
            refusals.api(route + " without a token", 401, () -> product.api().send(method, path, null))
                    .api(
                            route + " with an unknown token",
                            401,
                            () -> product.api().as(UNKNOWN).send(method, path, null))
                    .saying(
                            "es_",
                            route + " with a platform key",
                            401,
                            () -> tenant.backend().send(method, path, null))
                    .saying(
                            "es_",
                            route + " with an operator key",
                            401,
                            () -> product.operator().send(method, path, null));
        }
        for (String route : List.of(
                "POST /v1/chat/completions",
                "POST /v1/embeddings",
                "POST /v1/images/generations",
                "GET /v1/models",
                "GET /v1/models/builtin/free-chat")) {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1);
            String badBody = method.equals("GET") ? null : "{not json";
            String type = "invalid_request_error";
            String code = "invalid_api_key";
            refusals.gateway(
                            route + " without a token",
                            401,
                            type,
                            code,
                            () -> product.gateway().send(method, path, badBody))
                    .gateway(
                            route + " with an unknown token",
                            401,
                            type,
                            code,
                            () -> product.gateway().as(UNKNOWN).send(method, path, badBody))
                    .gatewaySaying(
                            "es_",
                            route + " with a platform key",
                            401,
                            type,
                            () -> product.gateway().as(tenant.liveKey()).send(method, path, badBody));
        }
        return refusals.passes(
                        "x-api-key is a token too",
                        200,
                        () -> product.gateway()
                                .with("x-api-key", minted.token())
                                .get("/v1/models"))
                .rows();
    }

    @Test
    void aRevokedSessionIsDeadAtOnceOnBothHosts() {
        Minted minted = tenant.mint();
        minted.browser().get("/v1/wallet/balance").expect(200);
        minted.chat("builtin/free-chat", "hello").expect(200);
        tenant.backend().post("/v1/sessions/" + minted.sessionId() + "/revoke").expect(200);
        expectDead(minted);
        minted.browser().post("/v1/sessions/refresh").expectApiError(401);
        tenant.backend().post("/v1/sessions/" + minted.sessionId() + "/revoke").expect(200);
    }

    @Test
    void aSupersededTokenIsGoodForNothingButSiblings() {
        Minted first = tenant.mint();
        String second = refresh(first.token()).expect(200).text("/sessionToken");
        expectDead(first);
        String sibling = refresh(first.token()).expect(200).text("/sessionToken");
        assertThat(sibling).isNotEqualTo(second);
        product.api().as(second).get("/v1/wallet/balance").expect(200);
        product.api().as(sibling).get("/v1/wallet/balance").expect(200);
        for (int issued = 2; issued < 16; issued++) {
            refresh(first.token()).expect(200);
        }
        refresh(first.token()).expectApiError(401);
        String third = refresh(sibling).expect(200).text("/sessionToken");
        product.api().as(second).get("/v1/wallet/balance").expectApiError(401);
        product.api().as(sibling).get("/v1/wallet/balance").expectApiError(401);
        refresh(first.token()).expectApiError(401);
        product.api().as(third).get("/v1/wallet/balance").expect(200);
    }

    @Test
    void aFrozenWalletIs402AfterTheTokenAndBeforeTheCustomer() {
        Minted minted = tenant.mintWith(1);
        tenant.backend().post("/v1/wallets/" + minted.walletId() + "/freeze").expect(200);
        tenant.backend().post("/v1/customers/" + minted.customerId() + "/block").expect(200);
        assertThat(minted.browser()
                        .get("/v1/wallet/balance")
                        .expectApiError(402)
                        .text("/message"))
                .containsIgnoringCase("frozen");
        minted.gateway().post("/v1/chat/completions", CHAT).expectGatewayError(402, "billing_error");
        minted.browser().post("/v1/sessions/refresh").expectApiError(402);
        tenant.backend().post("/v1/sessions/" + minted.sessionId() + "/revoke").expect(200);
        expectDead(minted);
    }

    @Test
    void aBlockedCustomersSessionIs401() {
        Minted minted = tenant.mint();
        tenant.backend().post("/v1/customers/" + minted.customerId() + "/block").expect(200);
        expectDead(minted);
        tenant.backend()
                .post("/v1/customers/" + minted.customerId() + "/unblock")
                .expect(200);
        minted.browser().get("/v1/wallet/balance").expect(200);
    }

    @Test
    void anInactiveProjectOrOrganizationIs401() {
        Tenant closing = Tenant.of(product);
        Minted minted = closing.mint();
        closing.setProjectActive(false);
        expectDead(minted);
        closing.setProjectActive(true);
        minted.browser().get("/v1/wallet/balance").expect(200);
        closing.setOrganizationActive(false);
        expectDead(minted);
        closing.setOrganizationActive(true);
        minted.browser().get("/v1/wallet/balance").expect(200);
    }

    @TestFactory
    Stream<DynamicTest> theOriginListIsExact() {
        Tenant picky = Tenant.of(
                product, Json.object("allowedOrigins", List.of("https://app.example", "http://localhost:3000")));
        Minted minted = picky.mint();
        Refusals refusals = new Refusals();
        for (String origin : List.of(
                "https://evil.example",
                "http://app.example",
                "https://app.example:8443",
                "https://app.example.evil.example",
                "https://sub.app.example",
                "HTTPS://APP.EXAMPLE",
                "null")) {
            refusals.api(
                            "the API refuses " + origin,
                            403,
                            () -> minted.browser().with("Origin", origin).get("/v1/wallet/balance"))
                    .gateway(
                            "the gateway refuses " + origin,
                            403,
                            "permission_denied",
                            "origin_not_allowed",
                            () -> minted.gateway().with("Origin", origin).post("/v1/chat/completions", CHAT))
                    .api(
                            "a refresh is refused from " + origin,
                            403,
                            () -> minted.browser().with("Origin", origin).post("/v1/sessions/refresh"))
                    .api(
                            "an unknown token is 401, not 403, from " + origin,
                            401,
                            () -> product.api()
                                    .as(UNKNOWN)
                                    .with("Origin", origin)
                                    .get("/v1/wallet/balance"))
                    .passes(
                            "a project without a list allows " + origin,
                            200,
                            () -> tenant.mint().browser().with("Origin", origin).get("/v1/wallet/balance"));
        }
        for (String origin : List.of("https://app.example", "http://localhost:3000")) {
            refusals.passes(
                            "the API allows " + origin,
                            200,
                            () -> minted.browser().with("Origin", origin).get("/v1/wallet/balance"))
                    .passes(
                            "the gateway allows " + origin,
                            200,
                            () -> minted.gateway().with("Origin", origin).post("/v1/chat/completions", CHAT));
        }
        return refusals.passes(
                        "no Origin at all passes", 200, () -> minted.browser().get("/v1/wallet/balance"))
                .rows();
    }

    private Answer refresh(String token) {
        return product.api().as(token).post("/v1/sessions/refresh");
    }

    private static void expectDead(Minted minted) {
        minted.browser().get("/v1/wallet/balance").expectApiError(401);
        minted.gateway()
                .post("/v1/chat/completions", CHAT)
                .expectGatewayError(401, "invalid_request_error", "invalid_api_key");
        minted.gateway().get("/v1/models").expectGatewayError(401, "invalid_request_error", "invalid_api_key");
    }
}
