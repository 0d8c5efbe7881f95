package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A paid top-up's papers: for whom they are, and for nobody else. */
class ReceiptIT {
    private static final Product PRODUCT =
            new Product("receipt", Map.of("PURSER_RECEIPTS_MERCHANT", "Example Ltd\\nVAT GB123"));
    private static final Sandbox LIVE = Sandbox.live(PRODUCT);

    private final Tenant tenant =
            Tenant.of(PRODUCT, Json.object("brandName", "Acme <b>Writer</b>", "supportEmail", "help@acme.example"));
    private final Minted payer = tenant.mint();
    private String intent = "";
    private String topUp = "";

    @BeforeEach
    void pay() {
        String secret = payer.browser()
                .post("/v1/wallet/top-up", Json.object("amount", 10))
                .expect(200)
                .text("/clientSecret");
        LIVE.pay(secret);
        intent = Sandbox.intentOf(secret);
        topUp = payer.browser().get("/v1/wallet/topups").expect(200).text("/topUps/0/id");
    }

    @AfterAll
    static void stop() {
        PRODUCT.close();
    }

    private String backendPath(Minted owner) {
        return "/v1/wallets/" + owner.walletId() + "/topups/" + topUp;
    }

    @Test
    void aReceiptIsAPageOrAPdf() {
        Answer page =
                payer.browser().get("/v1/wallet/topups/" + topUp + "/receipt").expect(200);
        assertThat(page.header("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy").orElse("")).contains("default-src 'none'");
        assertThat(page.body())
                .contains("R-" + topUp, "Acme &lt;b&gt;Writer", "$10.50", "Example Ltd<br/>VAT GB123", "Test mode");

        Answer pdf =
                tenant.backend().get(backendPath(payer) + "/receipt?format=pdf").expect(200);
        assertThat(pdf.header("Content-Type")).hasValue("application/pdf");
        assertThat(pdf.body()).startsWith("%PDF-");
        assertThat(tenant.backend()
                        .with("Accept", "application/pdf")
                        .get(backendPath(payer) + "/receipt")
                        .expect(200)
                        .body())
                .startsWith("%PDF-");
    }

    @Test
    void aRefundHasACreditNote() {
        tenant.backend().get(backendPath(payer) + "/credit-notes/1").expectApiError(404, "not_found");
        LIVE.refund(intent, 525);

        assertThat(tenant.backend()
                        .get(backendPath(payer) + "/credit-notes/1")
                        .expect(200)
                        .body())
                .contains("CN-" + topUp + "-1", "$5.25", "R-" + topUp);
        payer.browser()
                .get("/v1/wallet/topups/" + topUp + "/credit-notes/1?format=pdf")
                .expect(200);
    }

    @Test
    void nobodyElseReadsIt() {
        Minted other = tenant.mint();
        Tenant stranger = Tenant.of(PRODUCT);
        tenant.backend().get(backendPath(other) + "/receipt").expectApiError(404, "not_found");
        tenant.testBackend().get(backendPath(payer) + "/receipt").expectApiError(404, "not_found");
        stranger.backend().get(backendPath(payer) + "/receipt").expectApiError(404, "not_found");
        other.browser().get("/v1/wallet/topups/" + topUp + "/receipt").expectApiError(404, "not_found");
        payer.browser()
                .get("/v1/wallet/topups/" + payer.walletId() + "/receipt")
                .expectApiError(404, "not_found");
    }

    @Test
    void anotherFormatIsRefused() {
        Answer refused = payer.browser().get("/v1/wallet/topups/" + topUp + "/receipt?format=docx");
        assertThat(refused.expectApiError(400, "invalid_request").text("/details/0/field"))
                .isEqualTo("format");
    }

    @Test
    void whatIsNotPaidHasNone() {
        payer.browser().post("/v1/wallet/top-up", Json.object("amount", 20)).expect(200);
        String unpaid = payer.browser().get("/v1/wallet/topups").expect(200).text("/topUps/0/id");
        assertThat(unpaid).isNotEqualTo(topUp);
        payer.browser().get("/v1/wallet/topups/" + unpaid + "/receipt").expectApiError(404, "not_found");
    }
}
