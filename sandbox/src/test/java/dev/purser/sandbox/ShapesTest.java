package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Account;
import com.stripe.model.PaymentIntent;
import dev.purser.sandbox.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every object has all the fields of Stripe's own example (stripe-objects.json is from Stripe's published fixtures). */
class ShapesTest {
    private static final String KEY = Fixture.LIVE.secretKey();
    private static final Map<String, Pattern> IDS = Map.of(
            "customer", Pattern.compile("cus_\\w{14}"),
            "payment_intent", Pattern.compile("pi_\\w{24}"),
            "payment_method", Pattern.compile("pm_\\w{24}"),
            "charge", Pattern.compile("ch_\\w{24}"),
            "refund", Pattern.compile("re_\\w{24}"),
            "dispute", Pattern.compile("dp_\\w{24}"),
            "account", Pattern.compile("acct_\\w{16}"),
            "transfer", Pattern.compile("tr_\\w{24}"),
            "balance_transaction", Pattern.compile("txn_\\w{24}"),
            "event", Pattern.compile("evt_\\w{24}"));

    @Test
    void noFieldIsMissing() throws Exception {
        ObjectNode examples = examples();
        try (Fixture fixture = Fixture.started()) {
            Map<String, ObjectNode> ours = oneOfEach(fixture);

            assertThat(ours).hasSize(13);
            ours.forEach((kind, object) -> {
                assertThat(object.propertyNames())
                        .as(kind)
                        .containsAll(examples.get(kind).propertyNames());
                assertThat(object.has("_sandbox")).as(kind).isFalse();
                if (object.has("livemode")) {
                    assertThat(object.get("livemode").booleanValue()).as(kind).isTrue();
                }
                if (IDS.containsKey(kind)) {
                    assertThat(object.get("id").asString()).as(kind).matches(IDS.get(kind));
                }
            });
        }
    }

    @Test
    void nothingOfTheSandboxItselfIsTold() throws Exception {
        try (Fixture fixture = Fixture.started()) {
            fixture.pay(fixture.live, 1000, "pm_card_createDispute");
            oneOfEach(fixture);

            assertThat(fixture.delivered())
                    .isNotEmpty()
                    .allSatisfy(delivery -> assertThat(delivery.body()).doesNotContain("_sandbox"));
        }
    }

    private static ObjectNode examples() throws IOException {
        try (InputStream in = Objects.requireNonNull(ShapesTest.class.getResourceAsStream("/stripe-objects.json"))) {
            return Json.parse(in.readAllBytes());
        }
    }

    private static Map<String, ObjectNode> oneOfEach(Fixture fixture) throws Exception {
        Map<String, ObjectNode> objects = new LinkedHashMap<>();
        keep(objects, fixture.post(KEY, "/v1/customers", "email", "ada@example.com"));
        PaymentIntent intent = fixture.pay(fixture.live, 5000, "pm_card_visa");
        keep(objects, fixture.get(KEY, "/v1/payment_intents/" + intent.getId()));
        keep(objects, fixture.get(KEY, "/v1/payment_methods/" + intent.getPaymentMethod()));
        keep(objects, fixture.post(KEY, "/v1/refunds", "payment_intent", intent.getId(), "amount", "100"));
        keep(objects, fixture.post(KEY, "/sandbox/disputes", "payment_intent", intent.getId(), "amount", "100"));
        keep(objects, fixture.get(KEY, "/v1/charges/" + intent.getLatestCharge()));
        Account account = fixture.onboarded(fixture.live, KEY);
        keep(objects, fixture.get(KEY, "/v1/accounts/" + account.getId()));
        keep(
                objects,
                fixture.post(
                        KEY,
                        "/v1/account_links",
                        "account",
                        account.getId(),
                        "type",
                        "account_onboarding",
                        "return_url",
                        "https://dev.example/",
                        "refresh_url",
                        "https://dev.example/"));
        ObjectNode transfer =
                fixture.post(KEY, "/v1/transfers", "amount", "100", "currency", "usd", "destination", account.getId());
        keep(objects, transfer);
        keep(objects, fixture.post(KEY, "/v1/transfers/" + transfer.get("id").asString() + "/reversals"));
        keep(objects, fixture.get(KEY, "/v1/balance"));
        keep(objects, first(fixture.get(KEY, "/v1/balance_transactions")));
        keep(objects, first(fixture.get(KEY, "/v1/events")));
        return objects;
    }

    private static ObjectNode first(ObjectNode list) {
        JsonNode first = list.get("data").get(0);
        return (ObjectNode) first;
    }

    private static void keep(Map<String, ObjectNode> objects, ObjectNode object) {
        objects.put(object.get("object").asString(), object);
    }
}
