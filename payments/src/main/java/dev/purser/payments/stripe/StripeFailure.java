package dev.purser.payments.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import dev.purser.edge.Problem;
import java.util.List;
import java.util.Map;

/**
 * Stripe did not do what it was asked, or nobody knows whether it did.
 *
 * @see <a href="https://docs.stripe.com/error-low-level">Stripe on what errors say about the outcome</a>
 */
public final class StripeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    /** What is known of the request that failed. */
    public enum Outcome {
        /** Stripe looked at the request and turned it down: nothing was made, and the same request will fail again. */
        REFUSED,
        /** Stripe could not be reached, was busy, or did not let us in; with the same idempotency key ask again. */
        UNKNOWN
    }

    private StripeFailure(Outcome outcome, String message, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    static StripeFailure of(StripeException failure) {
        // Neither an API key that is rejected now nor an idempotency key that Stripe knows with other parameters says
        // that an earlier try of the same request did not go through.
        boolean refused = failure instanceof CardException || failure instanceof InvalidRequestException;
        return new StripeFailure(refused ? Outcome.REFUSED : Outcome.UNKNOWN, text(failure), failure);
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Stripe's own words, without a key or a card in them. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** As the answer to a client, who may try again: with the same idempotency key nothing happens twice. */
    public Problem asProblem() {
        return switch (outcome) {
            case REFUSED ->
                new Problem(502, "payment_provider_error", "The payment provider refuses the request: " + reason());
            case UNKNOWN ->
                new Problem(
                        503,
                        "payment_provider_unavailable",
                        "The payment provider cannot be reached or does not answer; try again a little later",
                        List.of(),
                        Map.of("Retry-After", "2"));
        };
    }

    private static String text(StripeException failure) {
        if (failure instanceof ApiConnectionException) {
            return "no connection to Stripe";
        }
        String said = failure.getUserMessage();
        String code = failure.getCode();
        return (said == null || said.isBlank() ? "status " + failure.getStatusCode() : said)
                + (code == null ? "" : " (" + code + ")");
    }
}
