package dev.purser.sandbox.connect;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Listing;
import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.payment.Balances;
import dev.purser.sandbox.payment.Currencies;
import dev.purser.sandbox.store.Ids;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Work;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Transfers from the platform's balance to connected accounts, and their reversals. */
final class Transfers {
    private static final String ACTIVE = "active";

    private Transfers() {}

    static void addTo(Routes routes) {
        routes.post("/v1/transfers", Transfers::create)
                .get("/v1/transfers", Listing.of(Kind.TRANSFER, "/v1/transfers"))
                .get("/v1/transfers/{id}", call -> Work.view(call.addressed(Kind.TRANSFER)))
                .post("/v1/transfers/{id}", Transfers::update)
                .post("/v1/transfers/{id}/reversals", Transfers::reverse)
                .get("/v1/transfers/{id}/reversals", Transfers::reversals)
                .get("/v1/transfers/{id}/reversals/{reversal}", Transfers::reversal);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        String currency = Currencies.read(params);
        long cents = Currencies.positive(params, "amount");
        ObjectNode account = call.named(Kind.ACCOUNT, "destination");
        ObjectNode transfer = call.work().create(Kind.TRANSFER);
        ObjectNode source = call.namedIfGiven(Kind.CHARGE, "source_transaction");
        params.copyTo(transfer, "description", "transfer_group");
        if (params.has("source_type")) {
            transfer.put("source_type", params.choice("source_type", List.of("card")));
        }
        params.mergeMetadata(transfer);
        params.refuseUnknown();
        if (!ACTIVE.equals(Json.text(Json.child(account, "capabilities"), "transfers"))) {
            throw StripeError.invalid(
                            "insufficient_capabilities_for_transfer",
                            null,
                            "Your destination account needs to have at least one of the following capabilities enabled:"
                                    + " transfers, crypto_transfers, legacy_payments")
                    .executed();
        }
        if (Balances.available(call, currency) < cents) {
            throw StripeError.invalid(
                            "balance_insufficient",
                            null,
                            "You have insufficient available funds in your Stripe account. Try adding funds directly to"
                                    + " your available balance by creating charges, or by POST /sandbox/balance.")
                    .executed();
        }
        String id = Json.required(transfer, "id");
        transfer.put("amount", cents)
                .put("currency", currency)
                .put("destination", Json.text(account, "id"))
                .put("destination_payment", "py_1" + Ids.random(23))
                .put("source_transaction", source == null ? null : Json.text(source, "id"))
                .put(
                        "balance_transaction",
                        Balances.move(call, "transfer", -cents, 0, currency, id, Json.text(transfer, "description")));
        Json.child(transfer, "reversals").put("url", "/v1/transfers/" + id + "/reversals");
        call.work().put(transfer);
        call.work().emit("transfer.created", transfer);
        return Work.view(transfer);
    }

    private static ObjectNode update(Call call) {
        ObjectNode transfer = call.addressed(Kind.TRANSFER);
        call.params().copyTo(transfer, "description");
        call.params().mergeMetadata(transfer);
        call.work().put(transfer);
        call.work().emit("transfer.updated", transfer);
        return Work.view(transfer);
    }

    private static ObjectNode reverse(Call call) {
        Params params = call.params();
        ObjectNode transfer = call.addressed(Kind.TRANSFER);
        String currency = Json.required(transfer, "currency");
        long before = Json.number(transfer, "amount_reversed");
        long left = Json.number(transfer, "amount") - before;
        long cents = params.has("amount") ? Currencies.positive(params, "amount") : left;
        ObjectNode reversal = call.work().create(Kind.TRANSFER_REVERSAL);
        params.text("description");
        params.flag("refund_application_fee");
        params.mergeMetadata(reversal);
        params.refuseUnknown();
        if (cents > left || left == 0) {
            throw StripeError.invalid(
                            null,
                            "amount",
                            "Reversal amount (" + Currencies.text(cents, currency)
                                    + ") is greater than unreversed amount on transfer ("
                                    + Currencies.text(left, currency) + ")")
                    .executed();
        }
        reversal.put("amount", cents)
                .put("currency", currency)
                .put("transfer", Json.text(transfer, "id"))
                .put(
                        "balance_transaction",
                        Balances.move(
                                call, "transfer_refund", cents, 0, currency, Json.required(reversal, "id"), null));
        call.work().put(reversal);
        transfer.put("amount_reversed", before + cents).put("reversed", cents == left);
        ((ArrayNode) Json.child(transfer, "reversals").get("data")).insert(0, Work.view(reversal));
        call.work().put(transfer);
        call.work()
                .emit(
                        "transfer.reversed",
                        transfer,
                        Json.object().put("amount_reversed", before).put("reversed", false));
        return Work.view(reversal);
    }

    private static ObjectNode reversals(Call call) {
        String transfer = Json.required(call.addressed(Kind.TRANSFER), "id");
        return Listing.page(
                call,
                Kind.TRANSFER_REVERSAL,
                "/v1/transfers/" + transfer + "/reversals",
                stored -> transfer.equals(stored.filter("transfer")));
    }

    private static ObjectNode reversal(Call call) {
        String id = call.segments().get(1);
        ObjectNode reversal = call.work().find(Kind.TRANSFER_REVERSAL, id);
        if (reversal == null || !call.id().equals(Json.text(reversal, "transfer"))) {
            throw call.missing(Kind.TRANSFER_REVERSAL, id, "id", 404);
        }
        return Work.view(reversal);
    }
}
