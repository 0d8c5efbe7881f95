package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A repeated request has one effect and one answer. */
class IdempotencyIT {
    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);
    private final Api backend = tenant.backend();
    private final Minted minted = tenant.mintWith(1);
    private final String wallet = "/v1/wallets/" + minted.walletId();

    @Test
    void anIdempotencyKeyBelongsToOneRequest() {
        String key = "key-" + UUID.randomUUID();
        Api keyed = backend.idempotent(key);
        Answer first = keyed.post(wallet + "/debit", "{\"amount\":0.1}").expect(200);
        Answer again = keyed.post(wallet + "/debit", "{\"amount\":0.1}").expect(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.header("Idempotent-Replayed")).hasValue("true");
        keyed.post(wallet + "/debit", "{\"amount\":0.2}").expectApiError(409, "idempotency_conflict");
        keyed.post(wallet + "/credit", "{\"amount\":0.1}").expectApiError(409, "idempotency_conflict");
        product.api()
                .as(tenant.newKey("live").text("/secret"))
                .idempotent(key)
                .post(wallet + "/debit", "{\"amount\":0.1}")
                .expect(200);
        assertThat(tenant.wallet(minted.walletId()).money("/balance")).isEqualByComparingTo("0.9");
        tenant.testBackend()
                .idempotent(key)
                .post("/v1/sessions", Json.object("customer", "other-world"))
                .expect(201);
        Answer tooLong = backend.idempotent("k".repeat(256)).post(wallet + "/debit", "{\"amount\":0.1}");
        tooLong.expectApiError(400);
        backend.idempotent("k".repeat(255))
                .post(wallet + "/debit", "{\"amount\":0.1}")
                .expect(200);
    }

    @Test
    void aRefreshThatIsRepeatedAnswersTheSameToken() {
        Minted session = tenant.mint();
        Api browser = session.browser().idempotent("refresh-" + UUID.randomUUID());
        Answer first = browser.post("/v1/sessions/refresh").expect(200);
        Answer again = browser.post("/v1/sessions/refresh").expect(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).hasValue("true");
        product.api().as(first.text("/sessionToken")).get("/v1/wallet/balance").expect(200);
    }

    @Test
    void aMintThatIsRepeatedLaterAnswersTheSameToken() {
        Api keyed = backend.idempotent("mint-" + UUID.randomUUID());
        Map<String, Object> body = Json.object("customer", "late-" + UUID.randomUUID());
        Answer first = keyed.post("/v1/sessions", body).expect(201);
        tenant.mint();
        Answer again = keyed.post("/v1/sessions", body).expect(201);
        assertThat(again.body()).isEqualTo(first.body());
        keyed.post("/v1/sessions", Json.object("customer", "another")).expectApiError(409, "idempotency_conflict");
    }

    @Test
    void aRefusalIsNotKept() {
        Minted poor = tenant.mint();
        Api keyed = backend.idempotent("retry-" + UUID.randomUUID());
        Map<String, Object> debit = Json.object("amount", 2);
        keyed.post("/v1/wallets/" + poor.walletId() + "/debit", debit).expectApiError(402);
        tenant.credit(poor.walletId(), 3);
        keyed.post("/v1/wallets/" + poor.walletId() + "/debit", debit).expect(200);
        keyed.post("/v1/wallets/" + poor.walletId() + "/debit", debit).expect(200);
        assertThat(tenant.wallet(poor.walletId()).money("/balance")).isEqualByComparingTo("1");
    }
}
