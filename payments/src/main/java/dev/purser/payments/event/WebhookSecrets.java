package dev.purser.payments.event;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.purser.domain.Mode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * With what Stripe signs; the secret that fits decides the mode of an event.
 *
 * @param live null: no events are taken in this mode
 */
public record WebhookSecrets(
        @Nullable String live, @Nullable String test) {
    /** How old a signature may be. */
    static final long TOLERANCE_SECONDS = 300;

    public WebhookSecrets {
        if (live != null && live.equals(test)) {
            throw new IllegalArgumentException("the secrets of the two modes are the same");
        }
    }

    Optional<Mode> modeOf(String payload, String header) {
        if (fits(live, payload, header)) {
            return Optional.of(Mode.LIVE);
        }
        return fits(test, payload, header) ? Optional.of(Mode.TEST) : Optional.empty();
    }

    private static boolean fits(@Nullable String secret, String payload, String header) {
        if (secret == null) {
            return false;
        }
        try {
            return Webhook.Signature.verifyHeader(payload, header, secret, TOLERANCE_SECONDS);
        } catch (SignatureVerificationException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return false; // the last two: stripe-java's answer to a header that is no signature at all
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "webhook secrets";
    }
}
