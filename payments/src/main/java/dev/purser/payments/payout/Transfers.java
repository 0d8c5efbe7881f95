package dev.purser.payments.payout;

import dev.purser.domain.Ledger;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.PayoutId;
import dev.purser.domain.Rejected;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.payments.reconciliation.Finding;
import dev.purser.payments.stripe.StripeApi;
import dev.purser.payments.stripe.StripeClients;
import dev.purser.payments.stripe.StripeFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the one transfer of a payout, however often it is asked to. Stripe knows a transfer by its idempotency key for 24
 * hours; of an older payout it is asked first whether there is one in the payout's group. Thread-safe.
 */
public final class Transfers {
    /** An hour less than Stripe remembers a key for. */
    static final Duration KEY_IS_REMEMBERED = Duration.ofHours(23);

    private static final Logger log = LoggerFactory.getLogger(Transfers.class);

    private final StripeClients stripes;
    private final Ledger ledger;
    private final Conflicts findings;
    private final Clock clock;

    /** Keeps what the operator must look at. */
    @FunctionalInterface
    public interface Conflicts {
        void add(Mode mode, Finding finding, Instant at);
    }

    public Transfers(StripeClients stripes, Ledger ledger, Conflicts findings, Clock clock) {
        this.stripes = stripes;
        this.ledger = ledger;
        this.findings = findings;
        this.clock = clock;
    }

    /** What a transfer is made from. */
    public record Order(PayoutId payoutId, String destination, Money amount, Instant requestedAt) {}

    /** How it came out. */
    public sealed interface Result {
        record Made(String transferId) implements Result {}

        /** Certainly not made, now or before. */
        record Refused(StripeFailure why) implements Result {}

        /** Perhaps made: ask again. */
        record InDoubt(StripeFailure why) implements Result {}
    }

    /** Only the transfer itself can be refused: that Stripe does not list says nothing about an earlier try. */
    public Result make(Order order) {
        StripeApi stripe = stripes.require(Mode.LIVE);
        try {
            if (clock.instant().isAfter(order.requestedAt().plus(KEY_IS_REMEMBERED))) {
                Optional<String> earlier = stripe.transferOf(order.payoutId());
                if (earlier.isPresent()) {
                    return new Result.Made(earlier.get());
                }
            }
        } catch (StripeFailure failure) {
            return new Result.InDoubt(failure);
        }
        try {
            return new Result.Made(stripe.transfer(order.payoutId(), order.destination(), order.amount()));
        } catch (StripeFailure failure) {
            return switch (failure.outcome()) {
                case REFUSED -> new Result.Refused(failure);
                case UNKNOWN -> new Result.InDoubt(failure);
            };
        }
    }

    /** As {@link #make}, and books the outcome if there is one. */
    Result settle(Order order, Cause cause) {
        Result result = make(order);
        switch (result) {
            case Result.Made(String transferId) -> confirm(order, transferId, cause);
            case Result.Refused(StripeFailure why) -> ledger.send(new FailPayout(order.payoutId(), reason(why)), cause);
            case Result.InDoubt _ -> {}
        }
        return result;
    }

    private void confirm(Order order, String transferId, Cause cause) {
        try {
            ledger.send(new ConfirmPayout(order.payoutId(), transferId), cause);
        } catch (Rejected rejected) {
            log.warn("payout {} has failed here, and was transferred as {}", order.payoutId(), transferId);
            findings.add(
                    Mode.LIVE,
                    new Finding(
                            Finding.Kind.PAYOUT_CONFLICT,
                            order.payoutId().value(),
                            transferId,
                            "failed here and transferred at Stripe: " + order.amount()),
                    clock.instant());
            throw rejected;
        }
    }

    /** Never the word that says a transfer was reversed. */
    static String reason(StripeFailure why) {
        String text = "refused by Stripe: " + why.reason();
        return text.length() <= FailPayout.MAX_TEXT ? text : text.substring(0, FailPayout.MAX_TEXT);
    }
}
