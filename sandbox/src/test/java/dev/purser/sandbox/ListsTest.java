package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PaymentIntentListParams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ListsTest {
    private static final Instant MORNING = Instant.parse("2026-11-24T08:00:00Z");
    private final AtomicReference<Instant> now = new AtomicReference<>(MORNING);
    private final Fixture fixture = Fixture.startedAt(now::get);

    @AfterEach
    void close() {
        fixture.close();
    }

    private Customer customer(String email) throws Exception {
        return fixture.live
                .v1()
                .customers()
                .create(CustomerCreateParams.builder().setEmail(email).build());
    }

    @Test
    void pagesFollowEachOtherNewestFirstInBothDirections() throws Exception {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            newestFirst.addFirst(customer("c" + i + "@example.com").getId());
        }

        List<String> walked = new ArrayList<>();
        fixture.live
                .v1()
                .customers()
                .list(CustomerListParams.builder().setLimit(3L).build())
                .autoPagingIterable()
                .forEach(customer -> walked.add(customer.getId()));
        assertThat(walked).isEqualTo(newestFirst);

        ObjectNode before =
                fixture.get(Fixture.LIVE.secretKey(), "/v1/customers?limit=2&ending_before=" + newestFirst.get(4));
        assertThat(before.get("data")
                        .valueStream()
                        .map(customer -> customer.get("id").asString()))
                .containsExactly(newestFirst.get(2), newestFirst.get(3));
        assertThat(before.get("has_more").booleanValue()).isTrue();
        assertThat(before.get("url").asString()).isEqualTo("/v1/customers");
    }

    @Test
    void limitsAndCursorsAreChecked() throws Exception {
        assertThat(refused("/v1/customers?limit=101")).contains("less than or equal to 100 (it currently is '101')");
        assertThat(refused("/v1/customers?limit=0")).contains("greater than or equal to 1");
        assertThat(refused("/v1/customers?starting_after=cus_x")).contains("No such customer: 'cus_x'");
        assertThat(refused("/v1/customers?created[since]=1")).contains("unknown parameter: created[since]");
    }

    @Test
    void customersAreFoundByEmailAndDeletedOnesAreNot() throws Exception {
        Customer ada = customer("ada@example.com");
        customer("eve@example.com");
        CustomerListParams byEmail =
                CustomerListParams.builder().setEmail("ada@example.com").build();
        assertThat(fixture.live.v1().customers().list(byEmail).getData())
                .extracting(Customer::getId)
                .containsExactly(ada.getId());

        assertThat(fixture.live.v1().customers().delete(ada.getId()).getDeleted())
                .isTrue();

        assertThat(fixture.live.v1().customers().list(byEmail).getData()).isEmpty();
        Customer left = fixture.live.v1().customers().retrieve(ada.getId());
        assertThat(left.getDeleted()).isTrue();
        assertThat(left.getEmail()).isNull();
    }

    @Test
    void objectsAreFoundByTheTimeTheyWereMade() throws Exception {
        PaymentIntent early = fixture.pay(fixture.live, 1000, "pm_card_visa");
        now.set(MORNING.plus(Duration.ofHours(1)));
        PaymentIntent late = fixture.pay(fixture.live, 2000, "pm_card_visa");

        assertThat(created(PaymentIntentListParams.Created.builder()
                        .setGte(MORNING.plusSeconds(1).getEpochSecond())
                        .build()))
                .containsExactly(late.getId());
        assertThat(created(PaymentIntentListParams.Created.builder()
                        .setLt(MORNING.plusSeconds(3600).getEpochSecond())
                        .build()))
                .containsExactly(early.getId());
        assertThat(created(PaymentIntentListParams.Created.builder()
                        .setGt(MORNING.getEpochSecond())
                        .setLte(MORNING.plusSeconds(3599).getEpochSecond())
                        .build()))
                .isEmpty();
    }

    @Test
    void eventsTellWhatNoWebhookDelivered() throws Exception {
        fixture.sandbox.deliverTo(null);
        fixture.pay(fixture.live, 1000, "pm_card_visa");
        fixture.pay(fixture.test, 1000, "pm_card_visa");

        List<Event> succeeded = fixture.live
                .v1()
                .events()
                .list(EventListParams.builder()
                        .addAllType(List.of("payment_intent.succeeded", "charge.refunded"))
                        .setCreated(EventListParams.Created.builder()
                                .setGte(MORNING.getEpochSecond())
                                .build())
                        .setLimit(100L)
                        .build())
                .getData();

        assertThat(succeeded).hasSize(1);
        Event event = fixture.live.v1().events().retrieve(succeeded.getFirst().getId());
        assertThat(event.getPendingWebhooks()).isEqualTo(1);
        assertThat(event.getLivemode()).isTrue();
        assertThat(event.getApiVersion()).isEqualTo(SandboxSettings.API_VERSION);
        PaymentIntent told =
                (PaymentIntent) event.getDataObjectDeserializer().getObject().orElseThrow();
        assertThat(told.getStatus()).isEqualTo("succeeded");
        assertThat(fixture.live
                        .v1()
                        .events()
                        .list(EventListParams.builder().setType("charge.*").build())
                        .getData())
                .extracting(Event::getType)
                .containsExactly("charge.succeeded");
        assertThat(inbox()).isEmpty();
    }

    private List<Inbox.Delivery> inbox() {
        return fixture.inbox.deliveries();
    }

    private List<String> created(PaymentIntentListParams.Created range) throws Exception {
        return fixture
                .live
                .v1()
                .paymentIntents()
                .list(PaymentIntentListParams.builder().setCreated(range).build())
                .getData()
                .stream()
                .map(PaymentIntent::getId)
                .toList();
    }

    private String refused(String path) throws Exception {
        var response = fixture.call(Fixture.LIVE.secretKey(), "GET", path, null);
        assertThat(response.statusCode()).isEqualTo(400);
        return response.body();
    }
}
