package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentCreateParams;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class PagesTest {
    @Test
    void theIndexSaysWhatThisIsAndWhatHappened() throws Exception {
        try (Fixture fixture = Fixture.started()) {
            String intent = fixture.pay(fixture.live, 1050, "pm_card_visa").getId();
            fixture.live
                    .v1()
                    .customers()
                    .create(CustomerCreateParams.builder()
                            .setEmail("ada@example.com")
                            .build());

            HttpResponse<String> index = fixture.browse(fixture.sandbox.baseUrl() + "/", null);

            assertThat(index.statusCode()).isEqualTo(200);
            assertThat(index.body())
                    .contains(
                            "Play money",
                            "4242424242424242",
                            "pm_card_visa",
                            intent,
                            "$10.50",
                            "succeeded",
                            "Nothing yet")
                    .doesNotContain("ada@example.com", "_secret_", "sk_live", "whsec_");
            assertThat(index.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'");
        }
    }

    @Test
    void pagesAreAtThePublicUrlWhereOneIsSet() throws Exception {
        try (StripeSandbox sandbox =
                StripeSandbox.start(Fixture.settings().withPublicUrl(URI.create("https://sandbox.example")))) {
            String page = Fixture.client(sandbox.baseUrl(), Fixture.TEST.secretKey())
                    .v1()
                    .paymentIntents()
                    .create(PaymentIntentCreateParams.builder()
                            .setAmount(1000L)
                            .setCurrency("usd")
                            .setPaymentMethod("pm_card_authenticationRequired")
                            .setReturnUrl("https://shop.example/")
                            .setConfirm(true)
                            .build())
                    .getNextAction()
                    .getRedirectToUrl()
                    .getUrl();

            assertThat(page).startsWith("https://sandbox.example/sandbox/3ds/pi_");
        }
    }
}
