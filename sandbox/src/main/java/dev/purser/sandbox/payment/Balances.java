package dev.purser.sandbox.payment;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Listing;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Work;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The platform's money at Stripe, all of it available at once, and the transactions that moved it. */
public final class Balances {
    private static final String ID = "balance_platform";

    private Balances() {}

    static void addTo(Routes routes) {
        routes.get("/v1/balance", call -> Work.view(balance(call)))
                .get("/v1/balance_transactions", Listing.of(Kind.BALANCE_TRANSACTION, "/v1/balance_transactions"))
                .get("/v1/balance_transactions/{id}", call -> Work.view(call.addressed(Kind.BALANCE_TRANSACTION)));
    }

    /**
     * Moves money.
     *
     * @param amount in cents, negative when it leaves
     * @param fee Stripe's, taken from it
     * @return the id of the transaction
     */
    public static String move(
            Call call,
            String type,
            long amount,
            long fee,
            String currency,
            String source,
            @Nullable String description) {
        ObjectNode transaction = call.work().create(Kind.BALANCE_TRANSACTION);
        transaction
                .put("amount", amount)
                .put("fee", fee)
                .put("net", amount - fee)
                .put("currency", currency)
                .put("source", source)
                .put("description", description)
                .put("available_on", call.now().getEpochSecond())
                .put("type", type)
                .put("reporting_category", category(type));
        if (fee != 0) {
            ((ArrayNode) transaction.get("fee_details"))
                    .addObject()
                    .put("amount", fee)
                    .putNull("application")
                    .put("currency", currency)
                    .put("description", type.equals("charge") ? "Stripe processing fees" : "Dispute fee")
                    .put("type", "stripe_fee");
        }
        call.work().put(transaction);
        ObjectNode balance = balance(call);
        ObjectNode available = of(balance, "available", currency);
        long cents = Json.number(available, "amount") + amount - fee;
        available.put("amount", cents);
        Json.child(available, "source_types").put("card", cents);
        of(balance, "pending", currency);
        call.work().put(balance);
        return Json.required(transaction, "id");
    }

    private static String category(String type) {
        return switch (type) {
            case "adjustment" -> "dispute";
            case "transfer_refund" -> "transfer_reversal";
            default -> type;
        };
    }

    /** Cents that are there to be transferred. */
    public static long available(Call call, String currency) {
        return Json.number(of(balance(call), "available", currency), "amount");
    }

    private static ObjectNode balance(Call call) {
        ObjectNode balance = call.work().find(Kind.BALANCE, ID);
        return balance == null ? call.work().create(Kind.BALANCE).put("id", ID) : balance;
    }

    private static ObjectNode of(ObjectNode balance, String part, String currency) {
        for (JsonNode amount : balance.path(part)) {
            if (currency.equals(Json.text(amount, "currency"))) {
                return (ObjectNode) amount;
            }
        }
        ObjectNode amount =
                ((ArrayNode) balance.get(part)).addObject().put("amount", 0).put("currency", currency);
        amount.putObject("source_types").put("card", 0);
        return amount;
    }
}
