package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every refusal of the backend's routes that is not about money. */
class BackendRefusalsIT {
    private static final String UNKNOWN = "x".repeat(40);

    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);
    private final Api backend = tenant.backend();
    private final Minted minted = tenant.mintWith(1);
    private final String wallet = "/v1/wallets/" + minted.walletId();

    @TestFactory
    Stream<DynamicTest> theGateComesFirst() {
        Refusals refusals = new Refusals();
        List<String> routes = List.of(
                "POST /v1/sessions",
                "POST /v1/sessions/" + minted.sessionId() + "/revoke",
                "GET " + wallet,
                "POST " + wallet + "/credit",
                "POST " + wallet + "/debit",
                "POST " + wallet + "/holds",
                "POST /v1/holds/hldUnknown/capture",
                "POST /v1/holds/hldUnknown/release",
                "POST " + wallet + "/freeze",
                "POST " + wallet + "/unfreeze",
                "PATCH " + wallet,
                "GET " + wallet + "/ledger",
                "POST /v1/connect/onboard",
                "GET /v1/connect/status",
                "POST /v1/connect/payouts",
                "GET /v1/customers",
                "GET /v1/customers/" + minted.customerId(),
                "POST /v1/customers/" + minted.customerId() + "/block",
                "POST /v1/customers/" + minted.customerId() + "/unblock");
        for (String route : routes) {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1);
            String badBody = method.equals("GET") ? null : "{not json";
            refusals.api(route + " without a token", 401, () -> product.api().send(method, path, badBody))
                    .api(
                            route + " with an unknown key",
                            401,
                            () -> product.api().as("sk_live_" + UNKNOWN).send(method, path, badBody))
                    .saying(
                            "sk_",
                            route + " with a session token",
                            401,
                            () -> minted.browser().send(method, path, badBody))
                    .saying(
                            "sk_",
                            route + " with an operator key",
                            401,
                            () -> product.operator().send(method, path, badBody))
                    .saying(
                            "sk_",
                            route + " with an auditor key",
                            401,
                            () -> product.api()
                                    .as(product.demo("PURSER_AUDITOR_KEY"))
                                    .send(method, path, badBody))
                    .saying(
                            "sk_",
                            route + " with another scheme",
                            401,
                            () -> product.api()
                                    .with("Authorization", "Bearer hello")
                                    .send(method, path, badBody));
        }
        return refusals.passes(
                        "x-api-key is a token too",
                        200,
                        () -> product.api().with("x-api-key", tenant.liveKey()).get(wallet))
                .api(
                        "Authorization is read before x-api-key",
                        401,
                        () -> backend.as("sk_live_" + UNKNOWN)
                                .with("x-api-key", tenant.liveKey())
                                .get(wallet))
                .rows();
    }

    @Test
    void aRevokedOrExpiredKeyIsRefused() {
        Answer second = tenant.newKey("live");
        Api withSecond = product.api().as(second.text("/secret"));
        withSecond.get(wallet).expect(200);
        product.operator()
                .post("/v1/admin/keys/" + second.text("/id") + "/revoke")
                .expect(200);
        withSecond.get(wallet).expectApiError(401);
        backend.get(wallet).expect(200);

        Instant expiry = Instant.now().plusMillis(1_500);
        Answer shortLived = tenant.newKey(expiry);
        Api withShortLived = product.api().as(shortLived.text("/secret"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> withShortLived.get(wallet).status() == 401);
        assertThat(Instant.now()).isAfterOrEqualTo(expiry);
        withShortLived.get(wallet).expectApiError(401);
    }

    @Test
    void projectThenOrganizationThenSessionsDecide() {
        Tenant closing = Tenant.of(product);
        closing.backend().get("/v1/customers").expect(200);
        closing.change(Json.object("endUserSessions", false));
        closing.backend().get("/v1/customers").expectApiError(403);
        assertThat(closing.backend()
                        .post("/v1/sessions", "{not json")
                        .expectApiError(403)
                        .text("/message"))
                .containsIgnoringCase("session");
        closing.setOrganizationActive(false);
        assertThat(closing.backend().get("/v1/customers").expectApiError(403).text("/message"))
                .containsIgnoringCase("organization");
        closing.setProjectActive(false);
        assertThat(closing.backend().get("/v1/customers").expectApiError(403).text("/message"))
                .containsIgnoringCase("project is not active");
        closing.setOrganizationActive(true);
        closing.setProjectActive(true);
        closing.change(Json.object("endUserSessions", true));
        closing.backend().get("/v1/customers").expect(200);
    }

    @TestFactory
    Stream<DynamicTest> aMintSaysWhatIsWrongWithIt() {
        return new Refusals()
                .field("customer", "no customer", () -> mint("{}"))
                .field("customer", "null as customer", () -> mint("{\"customer\":null}"))
                .field("customer", "empty customer", () -> mint("{\"customer\":\"\"}"))
                .field("customer", "number as customer", () -> mint("{\"customer\":5}"))
                .field("customer", "list as customer", () -> mint("{\"customer\":[]}"))
                .field(
                        "customer.externalId",
                        "no externalId",
                        () -> mint("{\"customer\":{\"email\":\"a@example.com\"}}"))
                .field("customer.externalId", "number as externalId", () -> mint("{\"customer\":{\"externalId\":7}}"))
                .field(
                        "customer.email",
                        "number as email",
                        () -> mint("{\"customer\":{\"externalId\":\"a\",\"email\":7}}"))
                .field("customer.name", "list as name", () -> mint("{\"customer\":{\"externalId\":\"a\",\"name\":[]}}"))
                .field("scope", "text as scope", () -> mintWith("\"scope\":\"all\""))
                .field("scope.models", "empty list of models", () -> mintWith("\"scope\":{\"models\":[]}"))
                .field("scope.models", "text as models", () -> mintWith("\"scope\":{\"models\":\"auto\"}"))
                .field("scope.models", "numbers as models", () -> mintWith("\"scope\":{\"models\":[1]}"))
                .field("scope.maxSpend", "maxSpend 0", () -> mintWith("\"scope\":{\"maxSpend\":0}"))
                .field("scope.maxSpend", "maxSpend below 0", () -> mintWith("\"scope\":{\"maxSpend\":-1}"))
                .field("scope.maxSpend", "a word as maxSpend", () -> mintWith("\"scope\":{\"maxSpend\":\"much\"}"))
                .field("scope.maxSpend", "maxSpend out of bounds", () -> mintWith("\"scope\":{\"maxSpend\":1e19}"))
                .field("ttlSeconds", "ttlSeconds 59", () -> mintWith("\"ttlSeconds\":59"))
                .field("ttlSeconds", "ttlSeconds 3601", () -> mintWith("\"ttlSeconds\":3601"))
                .field("ttlSeconds", "ttlSeconds 60.5", () -> mintWith("\"ttlSeconds\":60.5"))
                .field("ttlSeconds", "text as ttlSeconds", () -> mintWith("\"ttlSeconds\":\"60\""))
                .passes("ttlSeconds 60", 201, () -> mintWith("\"ttlSeconds\":60"))
                .passes("ttlSeconds 3600", 201, () -> mintWith("\"ttlSeconds\":3600"))
                .passes("unknown fields", 201, () -> mintWith("\"unknown\":{\"a\":[1]}"))
                .api("broken JSON", 400, () -> mint("{\"customer\":"))
                .api("a list as body", 400, () -> mint("[]"))
                .api("a text as body", 400, () -> mint("\"ann\""))
                .api("two bodies", 400, () -> mint("{\"customer\":\"ann\"}{}"))
                .rows();
    }

    @Test
    void aBlockedCustomersMintIs403AndAFrozenWallets402() {
        Minted blocked = tenant.mint("blocked-one");
        backend.post("/v1/customers/" + blocked.customerId() + "/block").expect(200);
        assertThat(mint("{\"customer\":\"blocked-one\"}").expectApiError(403).text("/message"))
                .containsIgnoringCase("blocked");
        backend.post("/v1/customers/" + blocked.customerId() + "/unblock").expect(200);
        mint("{\"customer\":\"blocked-one\"}").expect(201);

        Minted frozen = tenant.mint("frozen-one");
        backend.post("/v1/wallets/" + frozen.walletId() + "/freeze").expect(200);
        assertThat(tenant.wallet(frozen.walletId()).text("/status")).isEqualTo("frozen");
        assertThat(mint("{\"customer\":\"frozen-one\"}").expectApiError(402).text("/message"))
                .containsIgnoringCase("frozen");
        backend.post("/v1/wallets/" + frozen.walletId() + "/unfreeze").expect(200);
        mint("{\"customer\":\"frozen-one\"}").expect(201);
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotThereIs404() {
        Refusals refusals = new Refusals();
        for (String route : List.of(
                "GET /v1/wallets/walUnknown",
                "GET /v1/wallets/" + minted.customerId(),
                "GET /v1/wallets/not-an-id",
                "GET /v1/wallets/walUnknown/ledger",
                "GET /v1/customers/cusUnknown",
                "GET /v1/customers/" + minted.walletId(),
                "GET /v1/requests/reqUnknown",
                "POST /v1/sessions/sesUnknown/revoke",
                "POST /v1/holds/hldUnknown/capture",
                "POST /v1/holds/hldUnknown/release",
                "POST /v1/wallets/walUnknown/freeze",
                "POST /v1/wallets/walUnknown/unfreeze",
                "POST /v1/customers/cusUnknown/block",
                "POST /v1/customers/cusUnknown/unblock")) {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1);
            refusals.api(route, 404, "not_found", () -> backend.send(method, path, null));
        }
        for (String route : List.of("credit", "debit", "holds")) {
            refusals.api(
                    "POST " + route + " of an unknown wallet",
                    404,
                    "not_found",
                    () -> backend.post("/v1/wallets/walUnknown/" + route, "{\"amount\":1}"));
        }
        Answer chat = minted.chat("builtin/free-chat", "hello").expect(200);
        String requestId = chat.header("X-Request-Id").orElseThrow();
        return refusals.api(
                        "the gateway's hold is not the backend's to capture",
                        404,
                        () -> backend.post("/v1/holds/" + requestId + "/capture", "{\"amount\":0}"))
                .api("nor to release", 404, () -> backend.post("/v1/holds/" + requestId + "/release"))
                .rows();
    }

    @TestFactory
    Stream<DynamicTest> parametersAreChecked() {
        Refusals refusals = new Refusals();
        for (String query : List.of("limit=0", "limit=201", "limit=x", "limit=1.5", "offset=-1", "offset=x")) {
            String field = query.substring(0, query.indexOf('='));
            refusals.field(field, "/v1/customers?" + query, () -> backend.get("/v1/customers?" + query));
        }
        for (String query : List.of("limit=0", "limit=x", "type=nonsense", "cursor=nonsense", "cursor=AAAA")) {
            String field = query.substring(0, query.indexOf('='));
            refusals.field(field, "ledger?" + query, () -> backend.get(wallet + "/ledger?" + query));
        }
        for (String at : List.of("yesterday", "2026-13-01T00:00:00Z", "2026-01-01", "1700000000")) {
            refusals.field("at", "a balance at " + at, () -> backend.get(wallet + "?at=" + at));
        }
        return refusals.passes("customers limit 1", 200, () -> backend.get("/v1/customers?limit=1"))
                .passes("customers limit 200", 200, () -> backend.get("/v1/customers?limit=200&offset=0"))
                .rows();
    }

    private Answer mint(String body) {
        return backend.post("/v1/sessions", body);
    }

    private Answer mintWith(String fields) {
        return mint("{\"customer\":\"ann\"," + fields + "}");
    }
}
