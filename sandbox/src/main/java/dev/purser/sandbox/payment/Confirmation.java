package dev.purser.sandbox.payment;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.payment.CardOutcome.Challenges;
import dev.purser.sandbox.payment.CardOutcome.Declines;
import dev.purser.sandbox.payment.CardOutcome.Succeeds;
import dev.purser.sandbox.payment.CardOutcome.SucceedsDisputed;
import dev.purser.sandbox.store.Ids;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Stored;
import dev.purser.sandbox.store.Work;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The confirmation of one payment intent: what its card does, at once or after a challenge. */
final class Confirmation {
    private static final String CHALLENGE = "challenge";
    private static final String RETURN_URL = "return_url";
    private static final Declines AUTHENTICATION_REQUIRED = new Declines(
            "authentication_required",
            "authentication_required",
            null,
            "Your card was declined. This transaction requires authentication.");

    private final Call call;
    private final ObjectNode intent;

    Confirmation(Call call, ObjectNode intent) {
        this.call = call;
        this.intent = intent;
    }

    /**
     * What the parameters say about how to confirm.
     *
     * @param unattended the cardholder is not there, or a challenge shall be an error
     */
    record Wishes(@Nullable String returnUrl, boolean useStripeSdk, boolean unattended) {
        static Wishes of(Params params) {
            boolean offSession = params.flag("off_session");
            boolean noActions = params.flag("error_on_requires_action");
            return new Wishes(params.text(RETURN_URL), params.flag("use_stripe_sdk"), offSession || noActions);
        }
    }

    ObjectNode confirm(@Nullable ObjectNode method, Wishes wishes) {
        String status = Json.text(intent, "status");
        if ("succeeded".equals(status)) {
            throw PaymentIntents.unexpected(
                    call,
                    intent,
                    "You cannot confirm this PaymentIntent because it has already succeeded after being previously"
                            + " confirmed.");
        }
        if ("canceled".equals(status)) {
            throw PaymentIntents.unexpected(
                    call,
                    intent,
                    "You cannot confirm this PaymentIntent because it has a status of canceled. Only a PaymentIntent"
                            + " with one of the following statuses may be confirmed: requires_confirmation,"
                            + " requires_action.");
        }
        if (method == null) {
            throw PaymentIntents.unexpected(
                    call,
                    intent,
                    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update"
                            + " the PaymentIntent with a payment method and then confirm it again, or confirm it again"
                            + " directly with a payment method.");
        }
        intent.put("payment_method", Json.text(method, "id"));
        CardOutcome outcome = PaymentMethods.testCard(method).outcome();
        if (outcome instanceof Challenges && wishes.unattended()) {
            throw decline(method, AUTHENTICATION_REQUIRED);
        }
        return outcome instanceof Challenges ? challenge(wishes) : settle(method, outcome);
    }

    /** Waits for the cardholder. */
    private ObjectNode challenge(Wishes wishes) {
        String secret = Ids.secret();
        ObjectNode kept = Json.child(intent, Stored.PRIVATE);
        kept.put(CHALLENGE, secret).put(RETURN_URL, wishes.returnUrl());
        String page = call.base() + "/sandbox/3ds/" + Json.text(intent, "id") + "/" + secret;
        ObjectNode action = intent.putObject("next_action");
        if (wishes.useStripeSdk() || wishes.returnUrl() == null) {
            action.put("type", "use_stripe_sdk")
                    .putObject("use_stripe_sdk")
                    .put("source", "src_1" + Ids.random(23))
                    .put("stripe_js", page)
                    .put("type", "three_d_secure_redirect");
        } else {
            action.putObject("redirect_to_url")
                    .put("return_url", wishes.returnUrl())
                    .put("url", page);
            action.put("type", "redirect_to_url");
        }
        intent.put("status", "requires_action").putNull("last_payment_error");
        call.work().put(intent);
        call.work().emit("payment_intent.requires_action", intent);
        return intent;
    }

    /** Is this the secret of the challenge that the intent waits for? */
    static boolean isChallengedBy(ObjectNode intent, String secret) {
        return "requires_action".equals(Json.text(intent, "status"))
                && secret.equals(Json.text(Json.child(intent, Stored.PRIVATE), CHALLENGE));
    }

    static @Nullable String returnUrl(ObjectNode intent) {
        return Json.text(Json.child(intent, Stored.PRIVATE), RETURN_URL);
    }

    /** The cardholder has answered. Returns whether the payment succeeded. */
    boolean answerChallenge(boolean passed) {
        ObjectNode method = call.referred(Kind.PAYMENT_METHOD, Json.text(intent, "payment_method"));
        Json.child(intent, Stored.PRIVATE).remove(CHALLENGE);
        intent.putNull("next_action");
        if (!passed) {
            fail(StripeError.invalid(
                            "payment_intent_authentication_failure",
                            null,
                            "We are unable to authenticate your payment method. Please choose a different payment"
                                    + " method and try again.")
                    .with("payment_method", Work.view(method)));
            return false;
        }
        CardOutcome outcome = PaymentMethods.testCard(method).outcome();
        try {
            settle(method, outcome instanceof Challenges challenges ? challenges.then() : outcome);
            return true;
        } catch (StripeError declined) {
            return false;
        }
    }

    private ObjectNode settle(ObjectNode method, CardOutcome outcome) {
        switch (outcome) {
            case Declines declines -> throw decline(method, declines);
            case Challenges _ -> throw new IllegalStateException("A challenge comes before a charge");
            case Succeeds _ -> succeed(method);
            case SucceedsDisputed disputed -> {
                ObjectNode charge = succeed(method);
                Disputes.open(call, charge, Json.number(intent, "amount"), disputed.reason(), disputed.inquiry());
            }
        }
        return intent;
    }

    private ObjectNode succeed(ObjectNode method) {
        ObjectNode charge = Charges.succeeded(call, intent, method);
        intent.put("status", "succeeded")
                .put("amount_received", Json.number(intent, "amount"))
                .put("latest_charge", Json.text(charge, "id"))
                .putNull("last_payment_error")
                .putNull("next_action");
        if (Json.text(intent, "setup_future_usage") != null && Json.text(intent, "customer") != null) {
            call.work().put(method.put("customer", Json.text(intent, "customer")));
        }
        call.work().put(intent);
        call.work().emit("charge.succeeded", charge);
        call.work().emit("payment_intent.succeeded", intent);
        return charge;
    }

    private StripeError decline(ObjectNode method, Declines declines) {
        ObjectNode charge = Charges.failed(call, intent, method, declines);
        intent.put("latest_charge", Json.text(charge, "id"));
        StripeError error = StripeError.card(declines.code(), declines.param(), declines.message())
                .with("charge", Json.required(charge, "id"))
                .with("decline_code", declines.declineCode())
                .with("payment_method", Work.view(method));
        call.work().emit("charge.failed", charge);
        fail(error);
        return error.with("payment_intent", PaymentIntents.view(call, intent)).executed();
    }

    private void fail(StripeError error) {
        intent.put("status", "requires_payment_method")
                .putNull("payment_method")
                .putNull("next_action")
                .set("last_payment_error", error.error());
        call.work().put(intent);
        call.work().emit("payment_intent.payment_failed", intent);
    }
}
