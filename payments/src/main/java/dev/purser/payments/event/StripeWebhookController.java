package dev.purser.payments.event;

import com.stripe.model.Event;
import com.stripe.net.Webhook;
import dev.purser.domain.Mode;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.Answers;
import dev.purser.edge.request.Bodies;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Stripe's events come in here. Public: the signature over the body as it was sent is the only credential, so nothing of
 * the body is read before it fits.
 */
@RestController
public final class StripeWebhookController {
    static final int LIMIT_BYTES = 256 * 1024;

    private static final Logger log = LoggerFactory.getLogger(StripeWebhookController.class);

    private final WebhookSecrets secrets;
    private final StripeEvents events;

    public StripeWebhookController(WebhookSecrets secrets, StripeEvents events) {
        this.secrets = secrets;
        this.events = events;
    }

    @PostMapping("/stripe/webhook")
    @Gate(Kind.PUBLIC)
    ResponseEntity<byte[]> receive(HttpServletRequest request) {
        String payload = new String(Bodies.read(request, LIMIT_BYTES), StandardCharsets.UTF_8);
        String header = request.getHeader("Stripe-Signature");
        if (header == null || header.isBlank()) {
            throw refused("The header Stripe-Signature is missing");
        }
        Mode mode = secrets.modeOf(payload, header)
                .orElseThrow(() -> refused("The header Stripe-Signature fits neither webhook secret and this body,"
                        + " or is older than " + WebhookSecrets.TOLERANCE_SECONDS + " seconds"));
        handle(mode, event(payload));
        return Answers.json(200, Map.of("received", true));
    }

    private void handle(Mode mode, Event event) {
        try {
            Handled handled = events.handle(mode, event);
            switch (handled) {
                case Handled.Unknown(String id) ->
                    log.warn(
                            "Stripe's event {} ({}) is about {}, which is not known here",
                            event.getId(),
                            event.getType(),
                            id);
                case Handled.Ignored(String why) -> log.debug("Stripe's event {} is ignored: {}", event.getId(), why);
                case Handled.ReversedInPart(String payoutId, String transferId) ->
                    log.warn("transfer {} of payout {} was reversed in part: nothing is booked", transferId, payoutId);
                case Handled.TopUp _, Handled.Payout _ -> {}
            }
        } catch (RuntimeException e) {
            // Stripe sends it again, for three days; the reconciliation sees to it sooner.
            log.warn("Stripe's event {} ({}) could not be handled", event.getId(), event.getType(), e);
            throw new Problem(500, "internal_error", "The event could not be handled; send it again");
        }
    }

    private static Event event(String payload) {
        try {
            Event event = Webhook.constructEventWithoutVerification(payload);
            if (event.getId() != null && event.getType() != null && event.getCreated() != null) {
                return event;
            }
        } catch (RuntimeException e) {
            throw noEvent(); // stripe-java has no exception of its own for what it cannot read
        }
        throw noEvent();
    }

    private static Problem noEvent() {
        return new Problem(400, "invalid_json", "The body is signed, but it is no event of Stripe's");
    }

    private static Problem refused(String why) {
        return new Problem(400, "invalid_signature", why);
    }
}
