package dev.purser.sandbox.payment;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Listing;
import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.store.Ids;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Payment intents. A publishable key sees and confirms one whose client secret it brings, and sees part of it. */
final class PaymentIntents {
    private static final List<String> CHANGEABLE =
            List.of("requires_payment_method", "requires_confirmation", "requires_action");
    private static final List<String> FOR_BROWSERS = List.of(
            "id",
            "object",
            "amount",
            "amount_details",
            "automatic_payment_methods",
            "canceled_at",
            "cancellation_reason",
            "capture_method",
            "client_secret",
            "confirmation_method",
            "created",
            "currency",
            "description",
            "last_payment_error",
            "livemode",
            "next_action",
            "payment_method",
            "payment_method_configuration_details",
            "payment_method_types",
            "processing",
            "receipt_email",
            "setup_future_usage",
            "shipping",
            "source",
            "status");

    private PaymentIntents() {}

    static void addTo(Routes routes) {
        routes.post("/v1/payment_intents", PaymentIntents::create)
                .get("/v1/payment_intents", Listing.of(Kind.PAYMENT_INTENT, "/v1/payment_intents"))
                .openGet("/v1/payment_intents/{id}", call -> view(call, addressed(call)))
                .post("/v1/payment_intents/{id}", PaymentIntents::update)
                .openPost("/v1/payment_intents/{id}/confirm", PaymentIntents::confirm)
                .post("/v1/payment_intents/{id}/cancel", PaymentIntents::cancel);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode intent = call.work().create(Kind.PAYMENT_INTENT);
        String currency = Currencies.read(params);
        intent.put("amount", Currencies.chargeable(params, currency))
                .put("currency", currency)
                .put("client_secret", Json.text(intent, "id") + "_secret_" + Ids.secret());
        if (params.has("capture_method")) {
            intent.put("capture_method", params.choice("capture_method", List.of("automatic", "automatic_async")));
        }
        if (params.has("confirmation_method")) {
            params.choice("confirmation_method", List.of("automatic"));
        }
        paymentMethodTypes(params, intent);
        fill(call, intent);
        ObjectNode method = PaymentMethods.given(call);
        if (method != null) {
            choose(intent, method);
        }
        boolean confirm = params.flag("confirm");
        Confirmation.Wishes wishes = Confirmation.Wishes.of(params);
        params.refuseUnknown();
        call.work().put(intent);
        call.work().emit("payment_intent.created", intent);
        return confirm ? view(call, new Confirmation(call, intent).confirm(method, wishes)) : view(call, intent);
    }

    private static void paymentMethodTypes(Params params, ObjectNode intent) {
        if (params.has("automatic_payment_methods")) {
            Params automatic = params.map("automatic_payment_methods");
            ObjectNode methods = intent.putObject("automatic_payment_methods");
            methods.put(
                    "allow_redirects",
                    automatic.has("allow_redirects")
                            ? automatic.choice("allow_redirects", List.of("always", "never"))
                            : "always");
            methods.put("enabled", automatic.flag("enabled"));
        }
        for (String type : params.texts("payment_method_types")) {
            if (!type.equals("card")) {
                throw StripeError.invalid(
                        "payment_intent_invalid_parameter",
                        "payment_method_types",
                        "The payment method type \"" + type + "\" is invalid. The sandbox has cards only.");
            }
        }
    }

    /** The fields that creation and update have in common. */
    private static void fill(Call call, ObjectNode intent) {
        Params params = call.params();
        ObjectNode customer = call.namedIfGiven(Kind.CUSTOMER, "customer");
        if (customer != null) {
            intent.put("customer", Json.text(Customers.living(customer), "id"));
        }
        String suffix = params.text("statement_descriptor_suffix");
        if (suffix != null) {
            refuseBadSuffix(suffix);
        }
        if (params.text("statement_descriptor") != null) {
            throw StripeError.invalid(
                    "payment_intent_invalid_parameter",
                    "statement_descriptor",
                    "`statement_descriptor` cannot be used with cards: use `statement_descriptor_suffix` instead.");
        }
        if (params.has("setup_future_usage")) {
            params.choice("setup_future_usage", List.of("on_session", "off_session"));
        }
        params.copyTo(
                intent,
                "description",
                "receipt_email",
                "setup_future_usage",
                "statement_descriptor_suffix",
                "transfer_group");
        if (params.has("shipping")) {
            intent.set("shipping", params.map("shipping").anything());
        }
        params.mergeMetadata(intent);
    }

    /** Stripe's rules for what a bank prints on a statement. */
    private static void refuseBadSuffix(String suffix) {
        if (suffix.length() > 22 || !suffix.matches(".*\\p{Alpha}.*") || suffix.matches(".*[<>\\\\'\"*].*")) {
            throw StripeError.invalid(
                    "payment_intent_invalid_parameter",
                    "statement_descriptor_suffix",
                    "The statement descriptor suffix must be at most 22 characters, contain at least one letter and"
                            + " none of < > \\ ' \" *");
        }
    }

    private static void choose(ObjectNode intent, ObjectNode method) {
        intent.put("payment_method", Json.text(method, "id")).put("status", "requires_confirmation");
    }

    private static ObjectNode update(Call call) {
        ObjectNode intent = call.addressed(Kind.PAYMENT_INTENT);
        Params params = call.params();
        boolean open = CHANGEABLE.contains(Json.text(intent, "status"));
        for (String field : List.of("amount", "currency", "customer", "payment_method", "payment_method_data")) {
            if (params.has(field) && !open) {
                throw unexpected(
                        call,
                        intent,
                        "This PaymentIntent's " + field + " could not be updated because it has a status of "
                                + Json.text(intent, "status") + ". You may only update the " + field
                                + " of a PaymentIntent with one of the following statuses: "
                                + String.join(", ", CHANGEABLE) + ".");
            }
        }
        if (params.has("currency")) {
            intent.put("currency", Currencies.read(params));
        }
        if (params.has("amount")) {
            intent.put("amount", Currencies.chargeable(params, Json.required(intent, "currency")));
        }
        fill(call, intent);
        ObjectNode method = PaymentMethods.given(call);
        if (method != null) {
            choose(intent, method);
            intent.putNull("next_action");
        }
        call.work().put(intent);
        return view(call, intent);
    }

    private static ObjectNode confirm(Call call) {
        ObjectNode intent = addressed(call);
        ObjectNode given = PaymentMethods.given(call);
        call.params().copyTo(intent, "receipt_email", "setup_future_usage");
        Confirmation.Wishes wishes = Confirmation.Wishes.of(call.params());
        call.params().refuseUnknown();
        String chosen = Json.text(intent, "payment_method");
        ObjectNode method =
                given != null || chosen == null ? given : call.work().find(Kind.PAYMENT_METHOD, chosen);
        return view(call, new Confirmation(call, intent).confirm(method, wishes));
    }

    private static ObjectNode cancel(Call call) {
        ObjectNode intent = call.addressed(Kind.PAYMENT_INTENT);
        String status = Json.text(intent, "status");
        if (!CHANGEABLE.contains(status)) {
            throw unexpected(
                    call,
                    intent,
                    "You cannot cancel this PaymentIntent because it has a status of " + status
                            + ". Only a PaymentIntent with one of the following statuses may be canceled: "
                            + String.join(", ", CHANGEABLE) + ".");
        }
        if (call.params().has("cancellation_reason")) {
            intent.put(
                    "cancellation_reason",
                    call.params()
                            .choice(
                                    "cancellation_reason",
                                    List.of("duplicate", "fraudulent", "requested_by_customer", "abandoned")));
        }
        intent.put("status", "canceled")
                .put("canceled_at", call.now().getEpochSecond())
                .putNull("next_action");
        call.work().put(intent);
        call.work().emit("payment_intent.canceled", intent);
        return view(call, intent);
    }

    /** The intent of the path, for a browser only with its client secret. */
    private static ObjectNode addressed(Call call) {
        ObjectNode intent = call.addressed(Kind.PAYMENT_INTENT);
        String secret = call.params().text("client_secret");
        if (secret == null ? !call.caller().secret() : !secret.equals(Json.text(intent, "client_secret"))) {
            throw secret == null
                    ? StripeError.invalid(
                            "parameter_missing", "client_secret", "Missing required param: client_secret.")
                    : StripeError.invalid(
                            "payment_intent_invalid_parameter",
                            "client_secret",
                            "The client_secret provided does not match the client_secret associated with this"
                                    + " PaymentIntent.");
        }
        return intent;
    }

    /** As the caller may see it: a browser sees no customer, no metadata and no charge. */
    static ObjectNode view(Call call, ObjectNode intent) {
        ObjectNode view = Work.view(intent);
        return call.caller().secret() ? view : view.retain(FOR_BROWSERS);
    }

    static StripeError unexpected(Call call, @Nullable ObjectNode intent, String message) {
        StripeError error = StripeError.invalid("payment_intent_unexpected_state", null, message);
        return (intent == null ? error : error.with("payment_intent", view(call, intent))).executed();
    }
}
