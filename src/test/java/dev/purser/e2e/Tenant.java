package dev.purser.e2e;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An organization with one project, made for one test through the operator's routes. */
record Tenant(Product product, String organizationId, String projectId, String liveKey, String testKey) {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    static Tenant of(Product product) {
        return of(product, Map.of());
    }

    /** End-user sessions are on unless the settings say otherwise. */
    static Tenant of(Product product, Map<String, Object> settings) {
        String organizationId = product.operator()
                .post("/v1/admin/organizations", Json.object("name", "Organization " + COUNTER.incrementAndGet()))
                .expect(201)
                .text("/id");
        return inOrganization(product, organizationId, settings);
    }

    /** Another project of the same organization. */
    static Tenant inOrganization(Product product, String organizationId, Map<String, Object> settings) {
        Map<String, Object> all = Json.object("endUserSessions", true);
        all.putAll(settings);
        String projectId = product.operator()
                .post(
                        "/v1/admin/organizations/" + organizationId + "/projects",
                        Json.object("name", "Project " + COUNTER.incrementAndGet(), "settings", all))
                .expect(201)
                .text("/id");
        Tenant keyless = new Tenant(product, organizationId, projectId, "", "");
        return new Tenant(
                product,
                organizationId,
                projectId,
                keyless.newKey("live").text("/secret"),
                keyless.newKey("test").text("/secret"));
    }

    /** A further platform key. */
    Answer newKey(String mode) {
        return newKey(Json.object("mode", mode));
    }

    /** A live key that will be refused from this moment on. */
    Answer newKey(Instant expiresAt) {
        return newKey(Json.object("mode", "live", "expiresAt", expiresAt.toString()));
    }

    void change(Map<String, Object> settings) {
        change("projects/" + projectId, Json.object("settings", settings));
    }

    void setProjectActive(boolean active) {
        change("projects/" + projectId, Json.object("active", active));
    }

    void setOrganizationActive(boolean active) {
        change("organizations/" + organizationId, Json.object("active", active));
    }

    /** The backend with the live key. */
    Api backend() {
        return product.api().as(liveKey);
    }

    /** The backend with the test key. */
    Api testBackend() {
        return product.api().as(testKey);
    }

    Minted mint() {
        return mint("user-" + COUNTER.incrementAndGet());
    }

    Minted mint(String externalId) {
        return mint(Json.object("customer", externalId));
    }

    Minted mint(Map<String, Object> body) {
        return Minted.of(product, backend().post("/v1/sessions", body).expect(201));
    }

    /** A live session whose wallet has this much. */
    Minted mintWith(Object dollars) {
        Minted minted = mint();
        credit(minted.walletId(), dollars);
        return minted;
    }

    Minted mintTest() {
        return Minted.of(
                product,
                testBackend()
                        .post("/v1/sessions", Json.object("customer", "user-" + COUNTER.incrementAndGet()))
                        .expect(201));
    }

    Answer credit(String walletId, Object dollars) {
        return backend()
                .post("/v1/wallets/" + walletId + "/credit", Json.object("amount", dollars))
                .expect(200);
    }

    Answer wallet(String walletId) {
        return backend().get("/v1/wallets/" + walletId).expect(200);
    }

    private Answer newKey(Map<String, Object> body) {
        return product.operator()
                .post("/v1/admin/projects/" + projectId + "/keys", body)
                .expect(201);
    }

    private void change(String what, Map<String, Object> changes) {
        product.operator().patch("/v1/admin/" + what, changes).expect(200);
    }
}
