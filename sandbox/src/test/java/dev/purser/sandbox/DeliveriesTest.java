package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DeliveriesTest {
    private static final String KEY = Fixture.LIVE.secretKey();
    private static final String LIVE_SECRET = "whsec_live_sandbox";
    private static final String TEST_SECRET = "whsec_test_sandbox";
    private final Fixture fixture = Fixture.started();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void stripeJavaAcceptsTheSignatureOfTheModeAndNoOther() throws Exception {
        fixture.pay(fixture.live, 1000, "pm_card_visa");

        List<Inbox.Delivery> deliveries = fixture.delivered();

        assertThat(deliveries)
                .extracting(delivery -> delivery.event(LIVE_SECRET).getType())
                .containsExactlyInAnyOrder("payment_intent.created", "charge.succeeded", "payment_intent.succeeded");
        Inbox.Delivery one = deliveries.getFirst();
        assertThat(refused(one.body(), one.signature(), TEST_SECRET)).isNotNull();
        assertThat(refused(one.body() + " ", one.signature(), LIVE_SECRET)).isNotNull();
    }

    @Test
    void eachModeHasItsOwnSecret() throws Exception {
        fixture.pay(fixture.test, 1000, "pm_card_visa");

        Event event = fixture.delivered().getFirst().event(TEST_SECRET);

        assertThat(event.getLivemode()).isFalse();
        assertThat(event.getRequest().getId()).startsWith("req_");
    }

    @Test
    void aDeliveryThatFailsIsTriedAgainUntilItSucceedsAndSignedAnew() throws Exception {
        fixture.inbox.failNext(4);
        fixture.pay(fixture.live, 1000, "pm_card_visa");

        List<Inbox.Delivery> deliveries = fixture.delivered();

        assertThat(deliveries).hasSize(7);
        assertThat(deliveries.stream().filter(Inbox.Delivery::succeeded)).hasSize(3);
        ObjectNode log = fixture.get(KEY, "/sandbox/deliveries");
        assertThat(log.get("waiting").intValue()).isZero();
        assertThat(log.get("data")
                        .valueStream()
                        .filter(attempt -> attempt.get("status").intValue() == 500))
                .hasSize(4);
        assertThat(fixture.live.v1().events().list().getData())
                .allSatisfy(event -> assertThat(event.getPendingWebhooks()).isZero());
    }

    @Test
    void whilePausedEventsWaitAndThenComeInTheirOrder() throws Exception {
        fixture.post(KEY, "/sandbox/deliveries/pause");
        fixture.pay(fixture.live, 1000, "pm_card_visa");
        assertThat(fixture.get(KEY, "/sandbox/deliveries").get("waiting").intValue())
                .isEqualTo(3);
        assertThat(fixture.inbox.deliveries()).isEmpty();

        fixture.post(KEY, "/sandbox/deliveries/resume");

        assertThat(fixture.delivered()).hasSize(3);
    }

    @Test
    void whatIsDroppedNeverComesButCanBeAskedFor() throws Exception {
        fixture.post(KEY, "/sandbox/deliveries/pause");
        fixture.pay(fixture.live, 1000, "pm_card_visa");

        ObjectNode resumed = fixture.post(KEY, "/sandbox/deliveries/resume", "drop", "true");

        assertThat(resumed.get("dropped").intValue()).isEqualTo(3);
        assertThat(fixture.delivered()).isEmpty();
        assertThat(fixture.live.v1().events().list().getData()).hasSize(3);
    }

    @Test
    void everyEventComesTenTimesInAShuffledOrderOverParallelConnections() throws Exception {
        fixture.pay(fixture.live, 1000, "pm_card_visa");
        fixture.pay(fixture.live, 2000, "pm_card_createDispute");
        fixture.delivered();
        fixture.inbox.clear();

        ObjectNode redelivered =
                fixture.post(KEY, "/sandbox/deliveries/redeliver", "times", "10", "seed", "42", "parallel", "8");

        assertThat(redelivered.get("events").intValue()).isEqualTo(8);
        assertThat(redelivered.get("sent").intValue()).isEqualTo(80);
        assertThat(redelivered.get("succeeded").intValue()).isEqualTo(80);
        Map<String, Long> times = fixture.inbox.deliveries().stream()
                .map(delivery -> delivery.event(LIVE_SECRET).getId())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(times)
                .hasSize(8)
                .allSatisfy((event, count) -> assertThat(count).isEqualTo(10));
    }

    @Test
    void theSameSeedIsTheSameOrder() throws Exception {
        fixture.pay(fixture.live, 1000, "pm_card_visa");
        fixture.delivered();

        List<List<String>> orders = Stream.of("7", "7", "8")
                .map(seed -> {
                    fixture.inbox.clear();
                    try {
                        fixture.post(KEY, "/sandbox/deliveries/redeliver", "times", "5", "seed", seed);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return fixture.inbox.types(LIVE_SECRET);
                })
                .toList();

        assertThat(orders.get(1)).isEqualTo(orders.get(0));
        assertThat(orders.get(2)).isNotEqualTo(orders.get(0));
    }

    @Test
    void oneEventMayComeAgain() throws Exception {
        fixture.pay(fixture.live, 1000, "pm_card_visa");
        String id = fixture.delivered().getFirst().event(LIVE_SECRET).getId();
        fixture.inbox.clear();

        fixture.post(KEY, "/sandbox/deliveries/redeliver", "event", id, "times", "2");

        assertThat(fixture.inbox.deliveries())
                .extracting(delivery -> delivery.event(LIVE_SECRET).getId())
                .containsExactly(id, id);
        assertThat(fixture.call(KEY, "POST", "/sandbox/deliveries/redeliver", "event=evt_1none")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void deliveriesMayBeDelayed() throws Exception {
        fixture.post(KEY, "/sandbox/deliveries/delay", "millis", "300");
        Instant before = Instant.now();
        fixture.pay(fixture.live, 1000, "pm_card_visa");

        assertThat(fixture.delivered()).hasSize(3);
        assertThat(Instant.now()).isAfter(before.plusMillis(300));
    }

    @Test
    void eventsWaitForAWebhookThatIsNamedLater() throws Exception {
        fixture.sandbox.deliverTo(null);
        fixture.pay(fixture.live, 1000, "pm_card_visa");
        assertThat(fixture.inbox.deliveries()).isEmpty();

        fixture.sandbox.deliverTo(fixture.inbox.address());

        assertThat(fixture.delivered()).hasSize(3);
    }

    @Test
    void afterTheLastTryADeliveryIsGivenUp() throws Exception {
        DeliverySettings shortLived =
                new DeliverySettings(List.of(Duration.ofMillis(10)), Duration.ofMillis(100), Duration.ofSeconds(5), 1);
        try (Inbox inbox = new Inbox();
                StripeSandbox sandbox = StripeSandbox.start(
                        Fixture.settings().withDelivery(shortLived).withWebhook(inbox.address()))) {
            inbox.failNext(Integer.MAX_VALUE);
            StripeClient client = Fixture.client(sandbox.baseUrl(), KEY);
            client.v1().customers().create();

            await().until(() -> client.v1()
                    .events()
                    .list()
                    .getData()
                    .getFirst()
                    .getPendingWebhooks()
                    .equals(0L));

            assertThat(inbox.deliveries()).hasSizeBetween(2, 12).noneMatch(Inbox.Delivery::succeeded);
        }
    }

    private static SignatureVerificationException refused(String body, String signature, String secret) {
        return catchThrowableOfType(
                SignatureVerificationException.class, () -> Webhook.constructEvent(body, signature, secret));
    }
}
