package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.AuthenticationException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Customer;
import com.stripe.param.CustomerCreateParams;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ErrorsTest {
    private static final Fixture FIXTURE = Fixture.started();
    private static final String KEY = Fixture.LIVE.secretKey();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    void withoutAKeyOrWithAnotherOneNobodyGetsIn() throws Exception {
        HttpResponse<String> none = FIXTURE.browse(FIXTURE.sandbox.baseUrl() + "/v1/customers", null);
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.body()).contains("You did not provide an API key");

        AuthenticationException unknown = catchThrowableOfType(
                AuthenticationException.class,
                () -> FIXTURE.client("sk_live_somebody_elses").v1().customers().list());
        assertThat(unknown).hasMessageContaining("Invalid API Key provided: sk_live_********lses");
        assertThat(unknown).hasMessageNotContaining("somebody");
        assertThat(unknown.getRequestId()).startsWith("req_");
    }

    @Test
    void aSecretKeyWorksAsBasicUserAndNeverAsAParameter() throws Exception {
        String basic = Base64.getEncoder().encodeToString((KEY + ":").getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> byBasic =
                FIXTURE.send(HttpRequest.newBuilder(FIXTURE.sandbox.baseUrl().resolve("/v1/balance"))
                        .header("Authorization", "Basic " + basic)
                        .build());
        assertThat(byBasic.statusCode()).isEqualTo(200);

        assertThat(FIXTURE.browse(FIXTURE.sandbox.baseUrl() + "/v1/balance?key=" + KEY, null)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anErrorHasStripesShapeAndHeaders() throws Exception {
        HttpResponse<String> response = FIXTURE.send(FIXTURE.request(KEY, "/v1/charges/ch_3nothing", "GET", null)
                .header("Stripe-Version", "2026-10-28.endive")
                .build());

        assertThat(response.statusCode()).isEqualTo(404);
        JsonNode error = Fixture.json(response).get("error");
        assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.get("code").asString()).isEqualTo("resource_missing");
        assertThat(error.get("param").asString()).isEqualTo("id");
        assertThat(error.get("message").asString()).isEqualTo("No such charge: 'ch_3nothing'");
        assertThat(error.get("doc_url").asString()).isEqualTo("https://stripe.com/docs/error-codes/resource-missing");
        assertThat(response.headers().firstValue("Request-Id").orElseThrow()).startsWith("req_");
        assertThat(response.headers().firstValue("Stripe-Version")).contains("2026-10-28.endive");
        assertThat(FIXTURE.call(KEY, "GET", "/v1/balance", null).headers().firstValue("Stripe-Version"))
                .contains(SandboxSettings.API_VERSION);
    }

    @Test
    void theVersionOfEventsIsTheOneOfStripeJava() {
        assertThat(SandboxSettings.API_VERSION).isEqualTo(com.stripe.Stripe.API_VERSION);
    }

    @Test
    void anObjectOfTheOtherModeIsMissingAndTheMessageSaysWhereItIs() throws Exception {
        Customer live = FIXTURE.live
                .v1()
                .customers()
                .create(CustomerCreateParams.builder().setName("Ada").build());

        InvalidRequestException missing = catchThrowableOfType(
                InvalidRequestException.class,
                () -> FIXTURE.test.v1().customers().retrieve(live.getId()));

        assertThat(missing.getStatusCode()).isEqualTo(404);
        assertThat(missing)
                .hasMessageContaining(
                        "a similar object exists in live mode, but a test mode key was used to make this request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/customers|nickname=x|Received unknown parameter: nickname|nickname",
                "/v1/customers|nick=x&metadata[a]=1&age=3|Received unknown parameters: nick, age|nick",
                "/v1/payment_intents|amount=100&currency=usd&automatic_payment_methods[sure]=true|Received unknown"
                        + " parameter: automatic_payment_methods[sure]|automatic_payment_methods[sure]",
                "/v1/payment_methods|type=card&card[number]=4242424242424242&card[exp_month]=1&card[exp_year]=2040"
                        + "&card[pin]=1|Received unknown parameter: card[pin]|card[pin]",
                "/v1/customers|metadata=x|Invalid object|metadata",
                "/v1/customers|email[a]=x|Invalid string|email",
                "/v1/customers|email=ada|Invalid email address: ada|email",
                "/v1/payment_methods|type=card|Missing required param: card[number].|card[number]",
                "/v1/refunds|charge=ch_3x&payment_intent=pi_3x|One of the following params|payment_intent",
                "/v1/transfers|amount=0&currency=usd|greater than or equal to 1|amount",
                "/v1/account_links|account=acct_1x|No such account: 'acct_1x'|account",
                "/v1/accounts|type=custom|must be one of express|type"
            })
    void aWrongParameterIsNamed(String path, String body, String message, String param) throws Exception {
        HttpResponse<String> response = FIXTURE.call(KEY, "POST", path, body);

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = Fixture.json(response).get("error");
        assertThat(error.get("message").asString()).contains(message);
        assertThat(error.get("param").asString()).isEqualTo(param);
    }

    @Test
    void aRefusedRequestLeavesNothingBehind() throws Exception {
        FIXTURE.call(KEY, "POST", "/v1/customers", "email=left%40example.com&nickname=x");

        assertThat(FIXTURE.get(KEY, "/v1/customers?email=left%40example.com").get("data"))
                .isEmpty();
    }

    @Test
    void anUnknownRouteAndAnotherMethodAre404() throws Exception {
        assertThat(FIXTURE.call(KEY, "GET", "/v1/subscriptions", null).body()).contains("Unrecognized request URL");
        assertThat(FIXTURE.call(KEY, "DELETE", "/v1/payment_intents/pi_3x", null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(FIXTURE.call(KEY, "PUT", "/v1/customers", "name=x").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aBodyAboveOneMebibyteIs413() throws Exception {
        assertThat(FIXTURE.call(KEY, "POST", "/v1/customers", "description=" + "x".repeat(1 << 20))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void metadataHasStripesLimits() throws Exception {
        assertThat(FIXTURE.call(KEY, "POST", "/v1/customers", "metadata[" + "k".repeat(41) + "]=1")
                        .body())
                .contains("up to 40 characters");
        assertThat(FIXTURE.call(KEY, "POST", "/v1/customers", "metadata[k]=" + "v".repeat(501))
                        .body())
                .contains("up to 500 characters");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 51; i++) {
            many.append("&metadata[k").append(i).append("]=1");
        }
        assertThat(FIXTURE.call(KEY, "POST", "/v1/customers", many.substring(1)).body())
                .contains("at most 50 keys");
    }
}
