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
import java.time.Duration;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Disputes. Cardholders open them by a test card or the sandbox's own route; they end won or lost. */
public final class Disputes {
    private static final long FEE_CENTS = 1_500;
    private static final Duration TIME_TO_ANSWER = Duration.ofDays(9);
    private static final String REFUND_FORBIDDEN = "refundForbidden";

    private Disputes() {}

    static void addTo(Routes routes) {
        routes.get("/v1/disputes", Listing.of(Kind.DISPUTE, "/v1/disputes"))
                .get("/v1/disputes/{id}", call -> Work.view(call.addressed(Kind.DISPUTE)))
                .post("/v1/disputes/{id}", Disputes::update)
                .post("/v1/disputes/{id}/close", call -> close(call, call.addressed(Kind.DISPUTE), false));
    }

    /** Evidence says how it ends, as Stripe documents it: {@code winning_evidence} or {@code losing_evidence}. */
    private static ObjectNode update(Call call) {
        ObjectNode dispute = call.addressed(Kind.DISPUTE);
        Params params = call.params();
        params.mergeMetadata(dispute);
        ObjectNode evidence = Json.child(dispute, "evidence");
        Params given = params.map("evidence");
        for (String field : given.names()) {
            if (evidence.has(field)) {
                given.copyTo(evidence, field);
            }
        }
        boolean submit = !params.has("submit") || params.flag("submit");
        params.flag("submit");
        params.refuseUnknown();
        refuseClosed(dispute);
        ObjectNode details = Json.child(dispute, "evidence_details");
        details.put("has_evidence", !given.isEmpty() || Json.flag(details, "has_evidence"));
        if (submit && !given.isEmpty()) {
            details.put("submission_count", Json.number(details, "submission_count") + 1);
            dispute.put("status", isInquiry(dispute) ? "warning_under_review" : "under_review");
        }
        call.work().put(dispute);
        call.work().emit("charge.dispute.updated", dispute);
        return switch (submit ? String.valueOf(Json.text(evidence, "uncategorized_text")) : "") {
            case "winning_evidence" -> close(call, dispute, true);
            case "losing_evidence" -> close(call, dispute, false);
            default -> Work.view(dispute);
        };
    }

    /** Opens a dispute over part or all of a charge; a chargeback takes the money and a fee at once. */
    public static ObjectNode open(Call call, ObjectNode charge, long cents, String reason, boolean inquiry) {
        ObjectNode dispute = call.work().create(Kind.DISPUTE);
        dispute.put("amount", cents)
                .put("charge", Json.text(charge, "id"))
                .put("currency", Json.text(charge, "currency"))
                .put("payment_intent", Json.text(charge, "payment_intent"))
                .put("reason", reason)
                .put("is_charge_refundable", inquiry)
                .put("status", inquiry ? "warning_needs_response" : "needs_response");
        Json.child(dispute, "evidence_details")
                .put("due_by", call.now().plus(TIME_TO_ANSWER).getEpochSecond());
        ObjectNode details = dispute.putObject("payment_method_details");
        details.putObject("card")
                .put("brand", "visa")
                .put("case_type", inquiry ? "inquiry" : "chargeback")
                .put("network", "visa")
                .put("network_reason_code", "10.4");
        details.put("type", "card");
        charge.put("disputed", true);
        if (!inquiry) {
            move(call, dispute, -cents, FEE_CENTS, "Chargeback withdrawal for " + Json.text(charge, "id"));
            Json.child(charge, Stored.PRIVATE).put(REFUND_FORBIDDEN, true);
        }
        call.work().put(charge);
        call.work().put(dispute);
        call.work().emit("charge.dispute.created", dispute);
        if (!inquiry) {
            call.work().emit("charge.dispute.funds_withdrawn", dispute);
        }
        return Work.view(dispute);
    }

    /** Ends a dispute; a chargeback that is won gives the money back, without the fee. */
    public static ObjectNode close(Call call, ObjectNode dispute, boolean won) {
        refuseClosed(dispute);
        boolean inquiry = isInquiry(dispute);
        dispute.put("status", inquiry ? "warning_closed" : won ? "won" : "lost");
        if (won && !inquiry) {
            ObjectNode charge = call.referred(Kind.CHARGE, Json.text(dispute, "charge"));
            move(
                    call,
                    dispute,
                    Json.number(dispute, "amount"),
                    0,
                    "Chargeback reversal for " + Json.text(charge, "id"));
            Json.child(charge, Stored.PRIVATE).remove(REFUND_FORBIDDEN);
            call.work().put(charge);
        }
        call.work().put(dispute);
        call.work().emit("charge.dispute.closed", dispute);
        if (won && !inquiry) {
            call.work().emit("charge.dispute.funds_reinstated", dispute);
        }
        return Work.view(dispute);
    }

    /** While a chargeback is open, and after it was lost, the charge cannot be refunded. */
    static boolean forbidsRefund(ObjectNode charge) {
        return Json.flag(Json.child(charge, Stored.PRIVATE), REFUND_FORBIDDEN);
    }

    private static void move(Call call, ObjectNode dispute, long cents, long fee, String description) {
        String transaction = Balances.move(
                call,
                "adjustment",
                cents,
                fee,
                Json.required(dispute, "currency"),
                Json.required(dispute, "id"),
                description);
        ((ArrayNode) dispute.get("balance_transactions"))
                .add(Work.view(call.referred(Kind.BALANCE_TRANSACTION, transaction)));
    }

    private static boolean isInquiry(ObjectNode dispute) {
        return String.valueOf(Json.text(dispute, "status")).startsWith("warning_");
    }

    private static void refuseClosed(ObjectNode dispute) {
        String status = Json.required(dispute, "status");
        if (status.equals("won") || status.equals("lost") || status.equals("warning_closed")) {
            throw StripeError.invalid(null, null, "This dispute is already closed")
                    .executed();
        }
    }
}
