package dev.purser.sandbox.payment;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Listing;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.payment.CardOutcome.Declines;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Work;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Charges, which only the confirmation of a payment intent makes. */
final class Charges {
    private static final int FEE_PER_MILLE = 29;
    private static final int FEE_CENTS = 30;
    private static final String PREFIX = "SANDBOX";

    private Charges() {}

    static void addTo(Routes routes) {
        routes.get("/v1/charges", Listing.of(Kind.CHARGE, "/v1/charges"))
                .get("/v1/charges/{id}", call -> Work.view(call.addressed(Kind.CHARGE)))
                .post("/v1/charges/{id}", Charges::update);
    }

    private static ObjectNode update(Call call) {
        ObjectNode charge = call.addressed(Kind.CHARGE);
        call.params().copyTo(charge, "description", "receipt_email", "transfer_group");
        call.params().mergeMetadata(charge);
        call.work().put(charge);
        call.work().emit("charge.updated", charge);
        return Work.view(charge);
    }

    /** Stripe's price in the United States: 2.9 % and 30 cents. */
    static long fee(long cents) {
        return (cents * FEE_PER_MILLE + 500) / 1000 + FEE_CENTS;
    }

    static ObjectNode succeeded(Call call, ObjectNode intent, ObjectNode method) {
        ObjectNode charge = of(call, intent, method);
        long cents = Json.number(intent, "amount");
        charge.put("status", "succeeded")
                .put("paid", true)
                .put("captured", true)
                .put("amount_captured", cents)
                .put(
                        "balance_transaction",
                        Balances.move(
                                call,
                                "charge",
                                cents,
                                fee(cents),
                                Json.required(intent, "currency"),
                                Json.required(charge, "id"),
                                Json.text(intent, "description")));
        outcome(charge, "approved_by_network", "Payment complete.", "authorized");
        call.work().put(charge);
        return charge;
    }

    static ObjectNode failed(Call call, ObjectNode intent, ObjectNode method, Declines declines) {
        ObjectNode charge = of(call, intent, method);
        boolean blocked = declines.declineCode().equals("fraudulent");
        charge.put("status", "failed").put("failure_code", declines.code()).put("failure_message", declines.message());
        outcome(
                        charge,
                        blocked ? "not_sent_to_network" : "declined_by_network",
                        blocked
                                ? "Stripe blocked this payment as too risky."
                                : "The bank returned the decline code `" + declines.declineCode() + "`.",
                        blocked ? "blocked" : "issuer_declined")
                .put("reason", declines.declineCode());
        call.work().put(charge);
        return charge;
    }

    private static ObjectNode of(Call call, ObjectNode intent, ObjectNode method) {
        ObjectNode charge = call.work().create(Kind.CHARGE);
        for (String field : new String[] {
            "amount",
            "currency",
            "customer",
            "description",
            "metadata",
            "payment_method",
            "receipt_email",
            "shipping",
            "statement_descriptor_suffix",
            "transfer_group"
        }) {
            charge.set(field, intent.get(field));
        }
        charge.put("payment_intent", Json.text(intent, "id"))
                .put("calculated_statement_descriptor", descriptor(Json.text(intent, "statement_descriptor_suffix")));
        charge.set("billing_details", method.get("billing_details"));
        Json.child(charge, "refunds").put("url", "/v1/charges/" + Json.text(charge, "id") + "/refunds");
        ObjectNode details = charge.putObject("payment_method_details");
        details.set("card", card(Json.child(method, "card"), Json.number(intent, "amount")));
        details.put("type", "card");
        return charge;
    }

    private static String descriptor(@Nullable String suffix) {
        String whole = suffix == null ? PREFIX : PREFIX + "* " + suffix;
        return whole.substring(0, Math.min(22, whole.length()));
    }

    private static ObjectNode card(ObjectNode card, long cents) {
        ObjectNode details = Work.part("charge_card");
        for (String field :
                new String[] {"brand", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4"}) {
            details.set(field, card.get(field));
        }
        details.put("network", Json.text(card, "brand")).put("amount_authorized", cents);
        Json.child(details, "overcapture").put("maximum_amount_capturable", cents);
        return details;
    }

    private static ObjectNode outcome(ObjectNode charge, String network, String message, String type) {
        return charge.putObject("outcome")
                .putNull("advice_code")
                .putNull("network_advice_code")
                .putNull("network_decline_code")
                .put("network_status", network)
                .putNull("reason")
                .put("risk_level", "normal")
                .put("risk_score", 12)
                .put("seller_message", message)
                .put("type", type);
    }
}
