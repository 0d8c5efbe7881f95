package dev.purser.sandbox.control;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.connect.Accounts;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.payment.Balances;
import dev.purser.sandbox.payment.Challenge;
import dev.purser.sandbox.payment.Currencies;
import dev.purser.sandbox.payment.Disputes;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Stored;
import dev.purser.sandbox.store.Work;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What cardholders, banks and account holders do, as routes under {@code /sandbox}. */
public final class Triggers {
    private static final List<String> REASONS = List.of(
            "credit_not_processed",
            "duplicate",
            "fraudulent",
            "general",
            "incorrect_account_details",
            "product_not_received",
            "product_unacceptable",
            "subscription_canceled",
            "unrecognized");

    private Triggers() {}

    public static void addTo(Routes routes) {
        routes.post("/sandbox/disputes", Triggers::dispute)
                .post("/sandbox/disputes/{id}/close", Triggers::closeDispute)
                .post("/sandbox/payment_intents/{id}/challenge", Triggers::challenge)
                .post("/sandbox/accounts/{id}/complete", Triggers::completeAccount)
                .post("/sandbox/accounts/{id}/payouts", Triggers::payouts)
                .post("/sandbox/balance", Triggers::balance)
                .get("/sandbox/transfers", Triggers::transfers);
    }

    private static ObjectNode dispute(Call call) {
        Params params = call.params();
        ObjectNode charge;
        if (params.has("charge")) {
            charge = call.named(Kind.CHARGE, "charge");
        } else {
            ObjectNode intent = call.named(Kind.PAYMENT_INTENT, "payment_intent");
            if (!"succeeded".equals(Json.text(intent, "status"))) {
                throw StripeError.invalid(null, "payment_intent", "Only a payment that succeeded can be disputed.");
            }
            charge = call.referred(Kind.CHARGE, Json.text(intent, "latest_charge"));
        }
        long charged = Json.number(charge, "amount");
        long left = charged - Json.number(charge, "amount_refunded");
        long cents = params.integer("amount", Math.max(1, left), 1, charged);
        String reason = params.has("reason") ? params.choice("reason", REASONS) : "fraudulent";
        boolean inquiry = params.flag("inquiry");
        params.refuseUnknown();
        return Disputes.open(call, charge, cents, reason, inquiry);
    }

    private static ObjectNode closeDispute(Call call) {
        boolean won = call.params().choice("status", List.of("won", "lost")).equals("won");
        call.params().refuseUnknown();
        return Disputes.close(call, call.addressed(Kind.DISPUTE), won);
    }

    private static ObjectNode challenge(Call call) {
        boolean passed =
                call.params().choice("passed", List.of("true", "false")).equals("true");
        ObjectNode intent = call.addressed(Kind.PAYMENT_INTENT);
        call.params().refuseUnknown();
        Challenge.answer(call, intent, passed);
        return Work.view(call.addressed(Kind.PAYMENT_INTENT));
    }

    private static ObjectNode completeAccount(Call call) {
        ObjectNode account = call.addressed(Kind.ACCOUNT);
        Accounts.complete(call, account);
        return Work.view(account);
    }

    private static ObjectNode payouts(Call call) {
        ObjectNode account = call.addressed(Kind.ACCOUNT);
        Accounts.enable(
                call,
                account,
                call.params().choice("enabled", List.of("true", "false")).equals("true"));
        return Work.view(account);
    }

    /** Adds to what the platform can transfer, or takes from it. */
    private static ObjectNode balance(Call call) {
        String currency = Currencies.read(call.params());
        long cents = call.params().requiredInteger("amount");
        String transaction = Balances.move(call, "topup", cents, 0, currency, "tu_sandbox", "Sandbox");
        return Work.view(call.referred(Kind.BALANCE_TRANSACTION, transaction));
    }

    /** How many transfers there are, and what they come to. */
    private static ObjectNode transfers(Call call) {
        String group = call.params().text("transfer_group");
        String destination = call.params().text("destination");
        List<ObjectNode> found = call.work()
                .oldestFirst(Kind.TRANSFER)
                .filter(transfer -> group == null || group.equals(transfer.filter("transfer_group")))
                .filter(transfer -> destination == null || destination.equals(transfer.filter("destination")))
                .map(Stored::read)
                .toList();
        return Json.object()
                .put("count", found.size())
                .put(
                        "amount",
                        found.stream()
                                .mapToLong(transfer -> Json.number(transfer, "amount"))
                                .sum())
                .put(
                        "amount_reversed",
                        found.stream()
                                .mapToLong(transfer -> Json.number(transfer, "amount_reversed"))
                                .sum());
    }
}
