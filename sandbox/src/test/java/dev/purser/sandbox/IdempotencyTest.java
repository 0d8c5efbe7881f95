package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.model.Customer;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
    private static final String KEY = Fixture.LIVE.secretKey();
    private final Fixture fixture = Fixture.started();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theSameKeyAndParametersGetTheSameAnswerAndDoNothingTwice() throws Exception {
        HttpResponse<String> first = create("k1", "email=a%40example.com&metadata[a]=1&metadata[b]=2");
        HttpResponse<String> second = create("k1", "metadata[b]=2&metadata[a]=1&email=a%40example.com");

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.headers().firstValue("Idempotency-Key")).contains("k1");
        assertThat(second.headers().firstValue("Original-Request"))
                .isEqualTo(first.headers().firstValue("Request-Id"));
        assertThat(fixture.live.v1().customers().list().getData()).hasSize(1);
    }

    @Test
    void stripeJavaSeesOtherParametersAsAnIdempotencyError() throws Exception {
        RequestOptions key = RequestOptions.builder().setIdempotencyKey("k2").build();
        Customer made = fixture.live
                .v1()
                .customers()
                .create(CustomerCreateParams.builder().setName("Ada").build(), key);

        IdempotencyException refused = catchThrowableOfType(
                IdempotencyException.class,
                () -> fixture.live
                        .v1()
                        .customers()
                        .create(CustomerCreateParams.builder().setName("Eve").build(), key));

        assertThat(refused.getStatusCode()).isEqualTo(400);
        assertThat(refused).hasMessageContaining("can only be used with the same parameters");
        assertThat(fixture.live.v1().customers().retrieve(made.getId()).getName())
                .isEqualTo("Ada");
    }

    @Test
    void aKeyBelongsToItsEndpointAndItsMode() throws Exception {
        create("k3", "name=Ada");

        HttpResponse<String> elsewhere = fixture.send(fixture.request(KEY, "/v1/payment_intents", "POST", "name=Ada")
                .header("Idempotency-Key", "k3")
                .build());
        HttpResponse<String> inTest =
                fixture.send(fixture.request(Fixture.TEST.secretKey(), "/v1/customers", "POST", "name=Ada")
                        .header("Idempotency-Key", "k3")
                        .build());

        assertThat(elsewhere.statusCode()).isEqualTo(400);
        assertThat(elsewhere.body()).contains("idempotency_error", "same endpoint", "/v1/customers");
        assertThat(inTest.statusCode()).isEqualTo(200);
        assertThat(inTest.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void whileTheFirstRequestRunsASecondOneIsAConflict() throws Exception {
        fixture.post(KEY, "/sandbox/faults", "kind", "delay", "millis", "1000", "path", "/v1/customers");
        CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(() -> {
            try {
                return create("k4", "name=Ada");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        while (!fixture.get(KEY, "/sandbox/faults").get("data").isEmpty()) {
            Thread.sleep(5);
        }

        HttpResponse<String> second = create("k4", "name=Ada");

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("idempotency_key_in_use");
        assertThat(slow.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(create("k4", "name=Ada").headers().firstValue("Idempotent-Replayed"))
                .contains("true");
    }

    @Test
    void keysAreForgottenAfter24Hours() throws Exception {
        HttpResponse<String> first = create("k5", "name=Ada");

        fixture.post(KEY, "/sandbox/clock", "advance_seconds", "86399");
        assertThat(create("k5", "name=Ada").body()).isEqualTo(first.body());
        fixture.post(KEY, "/sandbox/clock", "advance_seconds", "1");
        HttpResponse<String> later = create("k5", "name=Ada");

        assertThat(later.statusCode()).isEqualTo(200);
        assertThat(later.body()).isNotEqualTo(first.body());
        assertThat(fixture.live.v1().customers().list().getData()).hasSize(2);
    }

    @Test
    void aDeclineIsAnAnswerLikeAnyOtherAndARefusalBeforeItIsNot() throws Exception {
        String decline = "amount=1000&currency=usd&payment_method=pm_card_chargeDeclined&confirm=true";
        HttpResponse<String> declined = intent("k6", decline);
        assertThat(declined.statusCode()).isEqualTo(402);
        assertThat(intent("k6", decline).body()).isEqualTo(declined.body());
        assertThat(catchThrowableOfType(
                                CardException.class, () -> fixture.pay(fixture.live, 1000, "pm_card_chargeDeclined"))
                        .getCode())
                .isEqualTo("card_declined");
        assertThat(fixture.live.v1().charges().list().getData()).hasSize(2);

        assertThat(intent("k7", "amount=1&currency=usd").statusCode()).isEqualTo(400);
        assertThat(intent("k7", "amount=1000&currency=usd").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyThatIsTooLongIsRefused() throws Exception {
        assertThat(create("k".repeat(256), "name=Ada").statusCode()).isEqualTo(400);
        assertThat(create("k".repeat(255), "name=Ada").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> create(String key, String body) throws Exception {
        return fixture.send(fixture.request(KEY, "/v1/customers", "POST", body)
                .header("Idempotency-Key", key)
                .build());
    }

    private HttpResponse<String> intent(String key, String body) throws Exception {
        return fixture.send(fixture.request(KEY, "/v1/payment_intents", "POST", body)
                .header("Idempotency-Key", key)
                .build());
    }
}
