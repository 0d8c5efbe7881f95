package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCreateParams;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What a browser may do, and what it may not. */
class PublishableKeyTest {
    private static final Fixture FIXTURE = Fixture.started();
    private static final String KEY = Fixture.TEST.publishableKey();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    void itConfirmsAnIntentWithItsClientSecretAndCardData() throws Exception {
        PaymentIntent intent = unpaid();

        ObjectNode paid = FIXTURE.post(
                KEY,
                "/v1/payment_intents/" + intent.getId() + "/confirm",
                "client_secret",
                intent.getClientSecret(),
                "payment_method_data[type]",
                "card",
                "payment_method_data[card][number]",
                "4242 4242 4242 4242",
                "payment_method_data[card][exp_month]",
                "12",
                "payment_method_data[card][exp_year]",
                "34",
                "payment_method_data[card][cvc]",
                "123",
                "payment_method_data[billing_details][name]",
                "Ada");

        assertThat(paid.get("status").asString()).isEqualTo("succeeded");
        assertThat(paid.propertyNames())
                .doesNotContain("metadata", "customer", "latest_charge", "statement_descriptor_suffix");
    }

    @Test
    void theKeyMayComeAsAParameterOrAsBasicUser() throws Exception {
        PaymentIntent intent = unpaid();
        String path = "/v1/payment_intents/" + intent.getId() + "?client_secret=" + intent.getClientSecret();

        HttpResponse<String> byParameter = FIXTURE.browse(FIXTURE.sandbox.baseUrl() + path + "&key=" + KEY, null);
        String basic = Base64.getEncoder().encodeToString((KEY + ":").getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> byBasic =
                FIXTURE.send(HttpRequest.newBuilder(FIXTURE.sandbox.baseUrl().resolve(path))
                        .header("Authorization", "Basic " + basic)
                        .build());

        assertThat(byParameter.statusCode()).isEqualTo(200);
        assertThat(byBasic.statusCode()).isEqualTo(200);
    }

    @Test
    void withoutTheRightClientSecretItSeesNothing() throws Exception {
        PaymentIntent intent = unpaid();
        String path = "/v1/payment_intents/" + intent.getId();

        assertThat(FIXTURE.call(KEY, "GET", path, null).body()).contains("parameter_missing", "client_secret");
        HttpResponse<String> wrong = FIXTURE.call(KEY, "GET", path + "?client_secret=x_secret_y", null);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("does not match");
        assertThat(FIXTURE.call(KEY, "POST", path + "/confirm", "payment_method=pm_card_visa")
                        .statusCode())
                .isEqualTo(400);
        assertThat(FIXTURE.test.v1().paymentIntents().retrieve(intent.getId()).getStatus())
                .isEqualTo("requires_payment_method");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/customers",
        "POST, /v1/payment_intents",
        "GET, /v1/payment_intents",
        "POST, /v1/refunds",
        "POST, /v1/transfers",
        "GET, /v1/events",
        "GET, /v1/balance",
        "GET, /v1/payment_methods",
        "POST, /sandbox/disputes",
        "POST, /sandbox/deliveries/pause",
        "POST, /sandbox/faults"
    })
    void everythingElseNeedsASecretKey(String method, String path) throws Exception {
        HttpResponse<String> response = FIXTURE.call(KEY, method, path, null);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("secret_key_required");
    }

    @Test
    void browsersMayCallFromAnyPage() throws Exception {
        HttpResponse<String> preflight =
                FIXTURE.send(HttpRequest.newBuilder(FIXTURE.sandbox.baseUrl().resolve("/v1/payment_methods"))
                        .header("Origin", "https://shop.example")
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization,content-type")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build());

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("*");
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElseThrow())
                .contains("Authorization", "Content-Type");
        HttpResponse<String> refused = FIXTURE.call(KEY, "POST", "/v1/payment_methods", "type=card");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    private static PaymentIntent unpaid() throws Exception {
        return FIXTURE.test
                .v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(1000L)
                        .setCurrency("usd")
                        .setStatementDescriptorSuffix("ACME")
                        .putMetadata("secret", "of the shop")
                        .build());
    }
}
