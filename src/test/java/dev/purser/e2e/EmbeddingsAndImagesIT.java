package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Embeddings and images from the request to the receipt, on the running product. */
class EmbeddingsAndImagesIT {
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String IMAGES = "/v1/images/generations";

    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);

    private JsonNode receipt(Minted minted, Answer answer) {
        String requestId = answer.header("X-Request-Id").orElseThrow();
        return Json.read(
                minted.browser().get("/v1/requests/" + requestId).expect(200).body());
    }

    private void assertOneEntry(Minted minted, String model, String cost) {
        List<JsonNode> entries = LedgerEntries.of(tenant, minted.walletId())
                .ofType("usage_debit")
                .entries();
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().path("model").stringValue()).isEqualTo(model);
        assertThat(LedgerEntries.amount(entries.getFirst())).isEqualByComparingTo(new BigDecimal(cost).negate());
        Answer wallet = tenant.wallet(minted.walletId());
        assertThat(wallet.money("/held")).isZero();
        assertThat(wallet.money("/balance")).isEqualByComparingTo(BigDecimal.ONE.subtract(new BigDecimal(cost)));
    }

    @Test
    void embeddingsAreBilledAtTheirInputPriceWithOneEntryAndOneReceipt() {
        Minted minted = tenant.mintWith(1);
        Map<String, Object> body =
                Json.object("model", Upstream.VECTORS, "input", List.of("x".repeat(600), "y".repeat(400)));

        Answer answer = minted.gateway().post(EMBEDDINGS, body).expect(200);

        // A thousand tokens at ten cents a million.
        assertThat(answer.header("X-LLMGateway-Cost")).contains("0.0001");
        assertThat(Json.read(answer.body()).path("data")).hasSize(2);
        assertThat(answer.text("/model")).isEqualTo(Upstream.VECTORS);
        assertOneEntry(minted, Upstream.VECTORS, "0.0001");
        JsonNode receipt = receipt(minted, answer);
        assertThat(receipt.toString()).contains(Upstream.VECTORS, "\"0.0001\"", "1000", "provider");
    }

    @Test
    void imagesAreBilledBySizeAndQualityWithOneEntryAndOneReceipt() {
        Minted minted = tenant.mintWith(1);
        Map<String, Object> body = Json.object(
                "model", Upstream.PICTURES, "prompt", "a boat", "n", 3, "size", "1024x1024", "quality", "hd");

        Answer answer = minted.gateway().post(IMAGES, body).expect(200);

        assertThat(answer.header("X-LLMGateway-Cost")).contains("0.24");
        assertThat(Json.read(answer.body()).path("data")).hasSize(3);
        assertOneEntry(minted, Upstream.PICTURES, "0.24");
        assertThat(receipt(minted, answer).path("images").intValue(0)).isEqualTo(3);
    }

    @Test
    void theBuiltInOnesNeedNeitherMoneyNorANetwork() {
        Minted test = tenant.mintTest();
        Answer vector = test.gateway()
                .post(EMBEDDINGS, Json.object("model", "builtin/free-embedding", "input", "a boat"))
                .expect(200);
        assertThat(Json.read(vector.body()).at("/data/0/embedding")).hasSize(256);
        assertThat(vector.header("X-LLMGateway-Cost")).contains("0");
        Answer image = test.gateway()
                .post(IMAGES, Json.object("model", "auto", "prompt", "a boat"))
                .expect(200);
        // The signature of a PNG.
        assertThat(image.text("/data/0/b64_json")).startsWith("iVBORw0KGgo");
    }

    @Test
    void aRepeatedIdempotencyKeyIsChargedOnce() {
        Minted minted = tenant.mintWith(1);
        Api gateway = minted.gateway().idempotent("image-" + UUID.randomUUID());
        Map<String, Object> body = Json.object("model", Upstream.PICTURES, "prompt", "a boat");
        Answer first = gateway.post(IMAGES, body).expect(200);
        Answer second = gateway.post(IMAGES, body);
        second.expectGatewayError(409, "invalid_request_error");
        assertThat(second.body()).contains(first.header("X-Request-Id").orElseThrow());
        assertOneEntry(minted, Upstream.PICTURES, "0.04");
    }

    @Test
    void theOperatorSeesTheCatalogueAndReloadsIt() {
        Answer shown = product.operator().get("/v1/admin/catalogue").expect(200);
        Answer reloaded =
                product.operator().post("/v1/admin/catalogue/reload", "").expect(200);
        assertThat(Json.read(reloaded.body())).isEqualTo(Json.read(shown.body()));
        assertThat(Json.read(shown.body()).path("priceVersion").intValue(0)).isPositive();
    }
}
