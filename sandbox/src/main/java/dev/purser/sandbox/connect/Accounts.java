package dev.purser.sandbox.connect;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Listing;
import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Stored;
import dev.purser.sandbox.store.Work;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Connected accounts of the type express. A new one can do nothing until its onboarding is complete. */
public final class Accounts {
    private static final List<String> CAPABILITIES = List.of("card_payments", "transfers");
    private static final List<String> TO_BE_TOLD = List.of(
            "business_profile.product_description",
            "business_profile.support_phone",
            "business_profile.url",
            "external_account",
            "tos_acceptance.date",
            "tos_acceptance.ip");

    private Accounts() {}

    static void addTo(Routes routes) {
        routes.post("/v1/accounts", Accounts::create)
                .get("/v1/accounts", Listing.of(Kind.ACCOUNT, "/v1/accounts"))
                .get("/v1/accounts/{id}", call -> Work.view(account(call)))
                .post("/v1/accounts/{id}", Accounts::update)
                .delete("/v1/accounts/{id}", Accounts::delete);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        if (params.has("controller")) {
            controller(params.map("controller"));
        } else {
            params.choice("type", List.of("express"));
        }
        ObjectNode account = call.work().create(Kind.ACCOUNT);
        String country = params.text("country");
        account.put("country", country == null ? "US" : country.toUpperCase(Locale.ROOT));
        Json.child(account, "external_accounts")
                .put("url", "/v1/accounts/" + Json.text(account, "id") + "/external_accounts");
        requirements(account, TO_BE_TOLD);
        fill(params, account);
        call.work().put(account);
        return Work.view(account);
    }

    /** The newer way to say the same as {@code type=express}. */
    private static void controller(Params controller) {
        controller.map("stripe_dashboard").choice("type", List.of("express"));
        if (controller.has("fees")) {
            controller.map("fees").choice("payer", List.of("application", "application_express"));
        }
        if (controller.has("losses")) {
            controller.map("losses").choice("payments", List.of("application"));
        }
        if (controller.has("requirement_collection")) {
            controller.choice("requirement_collection", List.of("stripe"));
        }
    }

    private static ObjectNode update(Call call) {
        ObjectNode account = account(call);
        fill(call.params(), account);
        call.work().put(account);
        call.work().emit("account.updated", account);
        return Work.view(account);
    }

    private static ObjectNode delete(Call call) {
        ObjectNode account = account(call);
        ObjectNode left = Json.object()
                .put("id", Json.text(account, "id"))
                .put("object", "account")
                .put("deleted", true);
        left.set(Stored.PRIVATE, account.get(Stored.PRIVATE));
        call.work().put(left);
        return Work.view(left);
    }

    private static ObjectNode account(Call call) {
        ObjectNode account = call.work().find(Kind.ACCOUNT, call.id());
        return usable(call.id(), account);
    }

    private static ObjectNode usable(String id, @Nullable ObjectNode account) {
        if (account == null || Json.flag(account, "deleted")) {
            throw StripeError.withStatus(
                    403,
                    "account_invalid",
                    "The provided key does not have access to account '" + id
                            + "' (or that account does not exist). Application access may have been revoked.");
        }
        return account;
    }

    private static void fill(Params params, ObjectNode account) {
        params.copyTo(account, "email", "business_type");
        params.mergeMetadata(account);
        if (params.has("business_profile")) {
            Params given = params.map("business_profile");
            given.copyTo(
                    Json.child(account, "business_profile"),
                    "mcc",
                    "name",
                    "product_description",
                    "support_email",
                    "support_phone",
                    "support_url",
                    "url");
        }
        ObjectNode capabilities = Json.child(account, "capabilities");
        Params asked = params.map("capabilities");
        for (String capability : CAPABILITIES) {
            if (asked.has(capability)) {
                if (asked.map(capability).flag("requested")) {
                    capabilities.put(capability, Json.flag(account, "details_submitted") ? "active" : "inactive");
                } else {
                    capabilities.remove(capability);
                }
            }
        }
    }

    private static void requirements(ObjectNode account, List<String> due) {
        ObjectNode requirements = Json.child(account, "requirements");
        for (String list : new String[] {"currently_due", "eventually_due", "past_due"}) {
            ArrayNode fields = requirements.putArray(list);
            due.forEach(fields::add);
        }
        requirements.put("disabled_reason", due.isEmpty() ? null : "requirements.past_due");
    }

    /** The holder has told everything: what was requested becomes active. */
    public static void complete(Call call, ObjectNode account) {
        account.put("details_submitted", true);
        Json.child(account, "tos_acceptance").put("date", call.now().getEpochSecond());
        requirements(account, List.of());
        enable(call, account, true);
    }

    /** Stripe lets the account be paid, or no longer. */
    public static void enable(Call call, ObjectNode account, boolean enabled) {
        ObjectNode capabilities = Json.child(account, "capabilities");
        for (String capability : List.copyOf(capabilities.propertyNames())) {
            capabilities.put(capability, enabled ? "active" : "inactive");
        }
        account.put("payouts_enabled", enabled).put("charges_enabled", enabled && capabilities.has("card_payments"));
        if (!enabled) {
            Json.child(account, "requirements").put("disabled_reason", "rejected.other");
        }
        call.work().put(account);
        call.work().emit("account.updated", account);
    }
}
