package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every credential that is not the owner's, on every route, with the owner's ids: nothing is shown, nothing happens. */
class TenantIsolationIT {
    private static final String EMAIL = "victim-" + UUID.randomUUID() + "@example.com";
    private static final String NAME = "Victim " + UUID.randomUUID();
    private static final String REASON = "for the victim " + UUID.randomUUID();

    private final Product product = Product.shared();
    private final Tenant owner = Tenant.of(product);
    private final String externalId = "victim-" + UUID.randomUUID();
    private final Minted victim =
            owner.mint(Json.object("customer", Json.object("externalId", externalId, "email", EMAIL, "name", NAME)));
    private final String requestId;
    private final String holdId;

    TenantIsolationIT() {
        owner.backend()
                .post(
                        "/v1/wallets/" + victim.walletId() + "/credit",
                        Json.object("amount", "7.654321", "reason", REASON))
                .expect(200);
        requestId = victim.chat(Upstream.STEADY.name(), "usage=1/1")
                .expect(200)
                .header("X-Request-Id")
                .orElseThrow();
        holdId = owner.backend()
                .post("/v1/wallets/" + victim.walletId() + "/holds", Json.object("amount", "0.5"))
                .expect(201)
                .text("/id");
    }

    /** A route of some host, with the victim's ids in it. */
    private record Route(String method, String path, Map<String, Object> body, Gate gate) {}

    private enum Gate {
        BACKEND,
        BACKEND_OR_BROWSER,
        BROWSER,
        OPERATOR
    }

    /** What a caller is, by the gate that it passes. */
    private record Credential(
            String name,
            Map<String, String> headers,
            @Nullable Gate passes) {}

    @TestFactory
    Stream<DynamicTest> noOtherCredentialReachesTheVictim() {
        String before = state();
        List<DynamicTest> tests = new ArrayList<>();
        for (Credential credential : credentials()) {
            for (Route route : routes()) {
                if (credential.passes() == Gate.OPERATOR && route.gate() == Gate.OPERATOR) {
                    continue;
                }
                tests.add(DynamicTest.dynamicTest(
                        credential.name() + " at " + route.method() + " " + route.path(),
                        () -> attempt(credential, route)));
            }
        }
        tests.add(DynamicTest.dynamicTest(
                "and nothing has happened to the victim",
                () -> assertThat(state()).isEqualTo(before)));
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> listsShowOnlyWhatIsOnesOwn() {
        return credentials().stream()
                .filter(credential -> credential.passes() == Gate.BACKEND)
                .map(credential -> DynamicTest.dynamicTest(credential.name(), () -> {
                    for (String path : List.of(
                            "/v1/customers?limit=200",
                            "/v1/customers?externalId=" + externalId,
                            "/v1/customers?q=" + EMAIL)) {
                        Answer answer = as(credential, product.api()).get(path).expect(200);
                        assertNoLeak(answer);
                        assertThat(answer.body()).doesNotContain(victim.customerId(), victim.walletId());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> aCursorIsBoundToItsWalletAndFilter() {
        for (int entry = 0; entry < 4; entry++) {
            owner.credit(victim.walletId(), "0.1");
        }
        String path = "/v1/wallets/" + victim.walletId() + "/ledger?limit=2";
        String cursor = owner.backend().get(path).expect(200).text("/nextCursor");
        Minted neighbour = owner.mintWith(1);
        Tenant stranger = Tenant.of(product);
        Minted strangers = stranger.mintWith(1);
        return new Refusals()
                .field(
                        "cursor",
                        "another wallet of the same project",
                        () -> owner.backend()
                                .get("/v1/wallets/" + neighbour.walletId() + "/ledger?limit=2&cursor=" + cursor))
                .field(
                        "cursor",
                        "another tenant's wallet",
                        () -> stranger.backend()
                                .get("/v1/wallets/" + strangers.walletId() + "/ledger?limit=2&cursor=" + cursor))
                .field(
                        "cursor",
                        "another filter",
                        () -> owner.backend().get(path + "&type=adjustment&cursor=" + cursor))
                .field(
                        "cursor",
                        "a cursor that was tampered with",
                        () -> owner.backend().get(path + "&cursor=" + tampered(cursor)))
                .passes("its own", 200, () -> owner.backend().get(path + "&cursor=" + cursor))
                .rows();
    }

    private void attempt(Credential credential, Route route) {
        Api host = route.path().startsWith("/v1/chat") || route.path().startsWith("/v1/models")
                ? product.gateway()
                : product.api();
        Answer answer = as(credential, host)
                .send(route.method(), route.path(), route.method().equals("GET") ? null : Json.write(route.body()));
        boolean passesTheGate = credential.passes() == route.gate()
                || (route.gate() == Gate.BACKEND_OR_BROWSER
                        && (credential.passes() == Gate.BACKEND || credential.passes() == Gate.BROWSER));
        boolean itsOwn = route.gate() == Gate.BROWSER && credential.passes() == Gate.BROWSER;
        if (itsOwn) {
            assertThat(answer.body()).doesNotContain(victim.walletId());
        } else {
            answer.expectApiError(passesTheGate ? 404 : 401);
        }
        assertNoLeak(answer);
    }

    private void assertNoLeak(Answer answer) {
        assertThat(answer.body()).doesNotContain(externalId, EMAIL, NAME, REASON, "7.65432", holdId.substring(3));
    }

    private List<Credential> credentials() {
        Tenant neighbour = Tenant.inOrganization(product, owner.organizationId(), Map.of());
        Tenant stranger = Tenant.of(product);
        return List.of(
                bearer("another project's key of the same organization", neighbour.liveKey(), Gate.BACKEND),
                bearer("another organization's key", stranger.liveKey(), Gate.BACKEND),
                bearer("the same project's test key", owner.testKey(), Gate.BACKEND),
                bearer("another organization's test key", stranger.testKey(), Gate.BACKEND),
                bearer("a neighbour's session", owner.mint().token(), Gate.BROWSER),
                bearer("a test session of the same project", owner.mintTest().token(), Gate.BROWSER),
                bearer("a stranger's session", stranger.mint().token(), Gate.BROWSER),
                bearer("an auditor key", product.demo("PURSER_AUDITOR_KEY"), null),
                bearer("the operator's key", product.demo("PURSER_OPERATOR_KEY"), Gate.OPERATOR),
                bearer("garbage", "garbage", null),
                bearer("a key that nobody made", "sk_live_" + "A".repeat(40), null),
                bearer("a session that nobody minted", "es_" + "A".repeat(40), null),
                bearer("the victim's wallet id", victim.walletId(), null),
                new Credential("nothing", Map.of(), null),
                new Credential("basic auth", Map.of("Authorization", "Basic dTpw"), null));
    }

    private List<Route> routes() {
        String wallet = "/v1/wallets/" + victim.walletId();
        String customer = "/v1/customers/" + victim.customerId();
        Map<String, Object> amount = Json.object("amount", "0.25");
        Map<String, Object> nothing = new LinkedHashMap<>();
        return List.of(
                new Route("GET", wallet, nothing, Gate.BACKEND),
                new Route("GET", wallet + "?at=2030-01-01T00:00:00Z", nothing, Gate.BACKEND),
                new Route("GET", wallet + "/ledger", nothing, Gate.BACKEND),
                new Route("POST", wallet + "/credit", amount, Gate.BACKEND),
                new Route("POST", wallet + "/debit", amount, Gate.BACKEND),
                new Route("POST", wallet + "/holds", amount, Gate.BACKEND),
                new Route("PATCH", wallet, Json.object("markupPercent", 1), Gate.BACKEND),
                new Route("POST", wallet + "/freeze", nothing, Gate.BACKEND),
                new Route("POST", wallet + "/unfreeze", nothing, Gate.BACKEND),
                new Route("POST", "/v1/holds/" + holdId + "/capture", amount, Gate.BACKEND),
                new Route("POST", "/v1/holds/" + holdId + "/release", nothing, Gate.BACKEND),
                new Route("GET", customer, nothing, Gate.BACKEND),
                new Route("POST", customer + "/block", nothing, Gate.BACKEND),
                new Route("POST", customer + "/unblock", nothing, Gate.BACKEND),
                new Route("POST", "/v1/sessions/" + victim.sessionId() + "/revoke", nothing, Gate.BACKEND),
                new Route("GET", "/v1/requests/" + requestId, nothing, Gate.BACKEND_OR_BROWSER),
                new Route("GET", "/v1/wallet/balance", nothing, Gate.BROWSER),
                new Route("GET", "/v1/admin/organizations", nothing, Gate.OPERATOR),
                new Route("GET", "/v1/admin/organizations/" + owner.organizationId(), nothing, Gate.OPERATOR),
                new Route(
                        "GET",
                        "/v1/admin/organizations/" + owner.organizationId() + "/projects",
                        nothing,
                        Gate.OPERATOR),
                new Route("GET", "/v1/admin/projects/" + owner.projectId(), nothing, Gate.OPERATOR),
                new Route("GET", "/v1/admin/projects/" + owner.projectId() + "/keys", nothing, Gate.OPERATOR),
                new Route("GET", "/v1/admin/projections", nothing, Gate.OPERATOR),
                new Route("GET", "/v1/admin/catalogue", nothing, Gate.OPERATOR),
                new Route("POST", "/v1/admin/catalogue/reload", nothing, Gate.OPERATOR),
                new Route("GET", "/v1/admin/reconciliations", nothing, Gate.OPERATOR),
                new Route("GET", "/v1/admin/topups?status=parked", nothing, Gate.OPERATOR),
                new Route(
                        "POST",
                        "/v1/admin/organizations/" + owner.organizationId() + "/promotional-credits",
                        amount,
                        Gate.OPERATOR),
                new Route("POST", "/v1/admin/organizations", Json.object("name", "Mine"), Gate.OPERATOR),
                new Route(
                        "PATCH",
                        "/v1/admin/organizations/" + owner.organizationId(),
                        Json.object("active", false),
                        Gate.OPERATOR),
                new Route(
                        "POST",
                        "/v1/admin/organizations/" + owner.organizationId() + "/projects",
                        Json.object("name", "Mine"),
                        Gate.OPERATOR),
                new Route(
                        "POST",
                        "/v1/admin/organizations/" + owner.organizationId() + "/auditor-keys",
                        nothing,
                        Gate.OPERATOR),
                new Route(
                        "PATCH",
                        "/v1/admin/projects/" + owner.projectId(),
                        Json.object("active", false),
                        Gate.OPERATOR),
                new Route(
                        "POST",
                        "/v1/admin/projects/" + owner.projectId() + "/keys",
                        Json.object("mode", "live"),
                        Gate.OPERATOR));
    }

    /** Everything that the owner sees of the victim. */
    private String state() {
        return owner.wallet(victim.walletId()).body()
                + owner.backend()
                        .get("/v1/customers/" + victim.customerId())
                        .expect(200)
                        .body()
                + owner.backend().get("/v1/requests/" + requestId).expect(200).body()
                + victim.browser().get("/v1/wallet/balance").expect(200).body();
    }

    private static Api as(Credential credential, Api host) {
        return new Api(host.base(), credential.headers());
    }

    private static Credential bearer(String name, String token, @Nullable Gate passes) {
        return new Credential(name, Map.of("Authorization", "Bearer " + token), passes);
    }

    private static String tampered(String cursor) {
        char first = cursor.charAt(0);
        return (first == 'A' ? 'B' : 'A') + cursor.substring(1);
    }
}
