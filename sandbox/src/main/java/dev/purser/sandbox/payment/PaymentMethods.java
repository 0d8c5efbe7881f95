package dev.purser.sandbox.payment;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Listing;
import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Stored;
import dev.purser.sandbox.store.Work;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Cards as payment methods. The number of a card is forgotten at once; what stays is which test card it was. */
final class PaymentMethods {
    private static final String TEST_CARD = "testCard";
    private static final List<String> ADDRESS = List.of("city", "country", "line1", "line2", "postal_code", "state");

    private PaymentMethods() {}

    static void addTo(Routes routes) {
        routes.openPost("/v1/payment_methods", call -> {
                    ObjectNode method = create(call, call.params());
                    call.work().put(method);
                    return Work.view(method);
                })
                .get("/v1/payment_methods", Listing.of(Kind.PAYMENT_METHOD, "/v1/payment_methods"))
                .get("/v1/payment_methods/{id}", call -> Work.view(resolve(call, call.id(), "id", 404)))
                .post("/v1/payment_methods/{id}", PaymentMethods::update)
                .post("/v1/payment_methods/{id}/attach", PaymentMethods::attach)
                .post("/v1/payment_methods/{id}/detach", PaymentMethods::detach);
    }

    private static ObjectNode update(Call call) {
        ObjectNode method = call.addressed(Kind.PAYMENT_METHOD);
        call.params().mergeMetadata(method);
        billingDetails(call.params(), method);
        call.work().put(method);
        return Work.view(method);
    }

    private static ObjectNode attach(Call call) {
        ObjectNode method = resolve(call, call.id(), "id", 404);
        ObjectNode customer = call.named(Kind.CUSTOMER, "customer");
        method.put("customer", Json.required(customer, "id"));
        call.work().put(method);
        call.work().emit("payment_method.attached", method);
        return Work.view(method);
    }

    private static ObjectNode detach(Call call) {
        ObjectNode method = call.addressed(Kind.PAYMENT_METHOD);
        method.putNull("customer");
        call.work().put(method);
        call.work().emit("payment_method.detached", method);
        return Work.view(method);
    }

    /** A payment method by its id; a ready one like {@code pm_card_visa} becomes a new one of that card. */
    static ObjectNode resolve(Call call, String id, String param, int status) {
        TestCard card = TestCard.ofPaymentMethod(id);
        if (card != null) {
            int year = call.now().atZone(ZoneOffset.UTC).getYear() + 1;
            ObjectNode method = ofCard(
                    call, card, card.number(), call.now().atZone(ZoneOffset.UTC).getMonthValue(), year);
            call.work().put(method);
            return method;
        }
        ObjectNode method = call.work().find(Kind.PAYMENT_METHOD, id);
        if (method == null) {
            throw call.missing(Kind.PAYMENT_METHOD, id, param, status);
        }
        return method;
    }

    /** A new payment method from the parameters of {@code payment_methods} or {@code payment_method_data}. */
    static ObjectNode create(Call call, Params params) {
        params.choice("type", List.of("card"));
        Params card = params.map("card");
        String digits = card.requiredText("number").replaceAll("[ -]", "");
        if (!CardNumber.isPossible(digits)) {
            throw StripeError.card("incorrect_number", "number", "Your card number is incorrect.");
        }
        YearMonth expiry = expiry(call, card);
        String cvc = card.text("cvc");
        int length = CardNumber.brand(digits).equals("amex") ? 4 : 3;
        if (cvc != null && !cvc.matches("\\d{3," + length + "}")) {
            throw StripeError.card("invalid_cvc", "cvc", "Your card's security code is invalid.");
        }
        ObjectNode method = ofCard(call, TestCard.ofNumber(digits), digits, expiry.getMonthValue(), expiry.getYear());
        Json.child(Json.child(method, "card"), "checks").put("cvc_check", cvc == null ? null : "unchecked");
        billingDetails(params, method);
        params.mergeMetadata(method);
        params.copyTo(method, "allow_redisplay");
        return method;
    }

    private static YearMonth expiry(Call call, Params card) {
        YearMonth now = YearMonth.from(call.now().atZone(ZoneOffset.UTC));
        long month = card.requiredInteger("exp_month");
        long given = card.requiredInteger("exp_year");
        long year = given >= 0 && given < 100 ? 2000 + given : given;
        if (year < now.getYear() || year > now.getYear() + 50) {
            throw StripeError.card("invalid_expiry_year", "exp_year", "Your card's expiration year is invalid.");
        }
        if (month < 1 || month > 12 || (year == now.getYear() && month < now.getMonthValue())) {
            throw StripeError.card("invalid_expiry_month", "exp_month", "Your card's expiration month is invalid.");
        }
        return YearMonth.of((int) year, (int) month);
    }

    private static ObjectNode ofCard(Call call, TestCard card, String digits, int month, int year) {
        ObjectNode method = call.work().create(Kind.PAYMENT_METHOD);
        ObjectNode details = Work.part("payment_method_card");
        String brand = CardNumber.brand(digits);
        details.put("brand", brand)
                .put("display_brand", brand)
                .put("last4", digits.substring(digits.length() - 4))
                .put("exp_month", month)
                .put("exp_year", year)
                .put("funding", card.funding())
                .put("fingerprint", fingerprint(digits));
        Json.child(details, "networks").putArray("available").add(brand);
        method.set("card", details);
        method.put("type", "card");
        Json.child(method, Stored.PRIVATE).put(TEST_CARD, card.name());
        return method;
    }

    static TestCard testCard(ObjectNode method) {
        return TestCard.valueOf(Json.required(Json.child(method, Stored.PRIVATE), TEST_CARD));
    }

    private static void billingDetails(Params params, ObjectNode method) {
        if (!params.has("billing_details")) {
            return;
        }
        Params given = params.map("billing_details");
        ObjectNode details = Json.child(method, "billing_details");
        given.copyTo(details, "email", "name", "phone", "tax_id");
        Params address = given.map("address");
        address.copyTo(Json.child(details, "address"), ADDRESS.toArray(String[]::new));
    }

    /** The same for the same card, and not its number. */
    private static String fingerprint(String digits) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("sandbox card " + digits).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The payment method that the parameters name or describe, or null. */
    static @Nullable ObjectNode given(Call call) {
        Params params = call.params();
        if (params.has("payment_method_data")) {
            ObjectNode method = create(call, params.map("payment_method_data"));
            call.work().put(method);
            return method;
        }
        String id = params.text("payment_method");
        return id == null ? null : resolve(call, id, "payment_method", 400);
    }
}
