package dev.purser.sandbox.payment;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The cardholder's side of 3-D Secure. */
public final class Challenge {
    private Challenge() {}

    /** Is this the secret of the challenge that the intent waits for? */
    public static boolean isOpen(ObjectNode intent, String secret) {
        return Confirmation.isChallengedBy(intent, secret);
    }

    /** Where the cardholder is sent afterwards, or null. */
    public static @Nullable String returnUrl(ObjectNode intent) {
        return Confirmation.returnUrl(intent);
    }

    /** Passes or fails the challenge. Returns whether the payment then succeeded. */
    public static boolean answer(Call call, ObjectNode intent, boolean passed) {
        if (!"requires_action".equals(Json.text(intent, "status"))) {
            throw StripeError.invalid(
                    "payment_intent_unexpected_state", null, "This PaymentIntent does not wait for a challenge.");
        }
        return new Confirmation(call, intent).answerChallenge(passed);
    }
}
