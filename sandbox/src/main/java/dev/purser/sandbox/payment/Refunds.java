package dev.purser.sandbox.payment;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Listing;
import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Work;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Refunds, in parts and repeated, of a charge or of a payment intent's last charge. */
final class Refunds {
    private static final int SHOWN_IN_CHARGE = 10;

    private Refunds() {}

    static void addTo(Routes routes) {
        routes.post("/v1/refunds", Refunds::create)
                .get("/v1/refunds", Listing.of(Kind.REFUND, "/v1/refunds"))
                .get("/v1/refunds/{id}", call -> Work.view(call.addressed(Kind.REFUND)))
                .post("/v1/refunds/{id}", Refunds::update)
                .get("/v1/charges/{id}/refunds", Refunds::ofCharge);
    }

    private static ObjectNode ofCharge(Call call) {
        String charge = Json.required(call.addressed(Kind.CHARGE), "id");
        return Listing.page(
                call,
                Kind.REFUND,
                "/v1/charges/" + charge + "/refunds",
                stored -> charge.equals(stored.filter("charge")));
    }

    private static ObjectNode update(Call call) {
        ObjectNode refund = call.addressed(Kind.REFUND);
        call.params().mergeMetadata(refund);
        call.work().put(refund);
        call.work().emit("refund.updated", refund);
        return Work.view(refund);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode charge = charge(call);
        String id = Json.required(charge, "id");
        String currency = Json.required(charge, "currency");
        long before = Json.number(charge, "amount_refunded");
        long left = Json.number(charge, "amount") - before;
        long cents = params.has("amount") ? Currencies.positive(params, "amount") : left;
        ObjectNode refund = call.work().create(Kind.REFUND);
        if (params.has("reason")) {
            refund.put("reason", params.choice("reason", List.of("duplicate", "fraudulent", "requested_by_customer")));
        }
        params.mergeMetadata(refund);
        params.refuseUnknown();
        refuse(charge, cents, left);
        refund.put("amount", cents)
                .put("charge", id)
                .put("currency", currency)
                .put("payment_intent", Json.text(charge, "payment_intent"))
                .put(
                        "balance_transaction",
                        Balances.move(
                                call, "refund", -cents, 0, currency, Json.required(refund, "id"), "REFUND FOR CHARGE"));
        call.work().put(refund);
        ObjectNode previous = Json.object().put("amount_refunded", before).put("refunded", false);
        charge.put("amount_refunded", before + cents).put("refunded", cents == left);
        ArrayNode shown = (ArrayNode) Json.child(charge, "refunds").get("data");
        shown.insert(0, Work.view(refund));
        if (shown.size() > SHOWN_IN_CHARGE) {
            shown.remove(SHOWN_IN_CHARGE);
            Json.child(charge, "refunds").put("has_more", true);
        }
        call.work().put(charge);
        call.work().emit("refund.created", refund);
        call.work().emit("charge.refunded", charge, previous);
        return Work.view(refund);
    }

    private static ObjectNode charge(Call call) {
        Params params = call.params();
        if (params.has("charge") == params.has("payment_intent")) {
            throw StripeError.invalid(
                    "parameter_missing",
                    "payment_intent",
                    "One of the following params should be provided for this request: payment_intent or charge.");
        }
        if (params.has("charge")) {
            return call.named(Kind.CHARGE, "charge");
        }
        ObjectNode intent = call.named(Kind.PAYMENT_INTENT, "payment_intent");
        if (!"succeeded".equals(Json.text(intent, "status"))) {
            throw StripeError.invalid(
                    "payment_intent_unexpected_state",
                    "payment_intent",
                    "This PaymentIntent (" + Json.text(intent, "id")
                            + ") does not have a successful charge to refund.");
        }
        return call.referred(Kind.CHARGE, Json.text(intent, "latest_charge"));
    }

    private static void refuse(ObjectNode charge, long cents, long left) {
        String id = Json.required(charge, "id");
        String currency = Json.required(charge, "currency");
        if (!Json.flag(charge, "paid")) {
            throw StripeError.invalid(
                    "charge_not_refundable", "charge", "Charge " + id + " failed and cannot be refunded.");
        }
        if (left == 0) {
            throw StripeError.invalid(
                            "charge_already_refunded", "charge", "Charge " + id + " has already been refunded.")
                    .executed();
        }
        if (Disputes.forbidsRefund(charge)) {
            throw StripeError.invalid(
                            "charge_disputed",
                            "charge",
                            "Charge " + id + " has been charged back; cannot issue a refund.")
                    .executed();
        }
        if (cents > left) {
            throw StripeError.invalid(
                            null,
                            "amount",
                            "Refund amount (" + Currencies.text(cents, currency)
                                    + ") is greater than unrefunded amount on charge ("
                                    + Currencies.text(left, currency)
                                    + ")")
                    .executed();
        }
    }
}
