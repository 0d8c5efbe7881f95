package dev.purser.payments.event;

import com.stripe.exception.EventDataObjectDeserializationException;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeObject;
import com.stripe.model.Transfer;
import dev.purser.domain.Ledger;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Mode;
import dev.purser.domain.PayoutId;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection.Unknown;
import dev.purser.domain.TopUpId;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.topup.TopUpCommand;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.ResolveDispute;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.payments.stripe.Cents;
import dev.purser.payments.stripe.StripeApi;
import dev.purser.payments.stripe.StripeClients;
import dev.purser.payments.stripe.StripeFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe's events mean for the ledger. Every command is its own guard against repetition and order, so that an event
 * may be handled any number of times, late, and beside others. What cannot be handled now throws; the event comes again.
 * Thread-safe.
 */
public final class StripeEvents {
    public static final String SUCCEEDED = "payment_intent.succeeded";
    public static final String REFUNDED = "charge.refunded";
    public static final String DISPUTED = "charge.dispute.created";
    public static final String WITHDRAWN = "charge.dispute.funds_withdrawn";
    public static final String RESOLVED = "charge.dispute.closed";
    public static final String REVERSED = "transfer.reversed";

    /** All that mean something here. */
    public static final List<String> TYPES = List.of(SUCCEEDED, REFUNDED, DISPUTED, WITHDRAWN, RESOLVED, REVERSED);

    private static final Pattern MARK = Pattern.compile("tup[0-9A-Za-z]{1,37}");
    private static final Pattern PAYOUT = Pattern.compile("pyt[0-9A-Za-z]{1,37}");

    private final Ledger ledger;
    private final StripeClients stripes;

    public StripeEvents(Ledger ledger, StripeClients stripes) {
        this.ledger = ledger;
        this.stripes = stripes;
    }

    /** @param mode whose secret signed the event, or whose key listed it */
    public Handled handle(Mode mode, Event event) {
        if (event.getAccount() != null) {
            return new Handled.Ignored("a connected account's own");
        }
        Cause cause = new Cause("stripe", event.getId());
        return switch (event.getType()) {
            case SUCCEEDED ->
                settle(mode, object(event, PaymentIntent.class), Instant.ofEpochSecond(event.getCreated()), cause);
            case REFUNDED -> refund(mode, object(event, Charge.class), cause);
            case DISPUTED, WITHDRAWN -> dispute(mode, object(event, Dispute.class), cause);
            case RESOLVED -> resolve(mode, object(event, Dispute.class), cause);
            case REVERSED -> reverse(mode, object(event, Transfer.class), cause);
            default -> new Handled.Ignored(event.getType());
        };
    }

    /** The top-up that an event says is paid, if it is such an event of ours. */
    public static Optional<TopUpId> paidTopUp(Event event) {
        if (!event.getType().equals(SUCCEEDED)) {
            return Optional.empty();
        }
        return Optional.ofNullable(mark(object(event, PaymentIntent.class).getMetadata()))
                .map(TopUpId::new);
    }

    /** @param at when it was paid */
    public Handled settle(Mode mode, PaymentIntent intent, Instant at, Cause cause) {
        String topUpId = mark(intent.getMetadata());
        if (topUpId == null) {
            return new Handled.Ignored("a payment that is none of ours");
        }
        return topUp(
                topUpId,
                id -> new SettleTopUp(
                        id,
                        intent.getId(),
                        intent.getLatestCharge(),
                        Cents.money(intent.getAmountReceived()),
                        intent.getCurrency(),
                        modeOf(mode, intent),
                        at),
                cause);
    }

    /** Of a charge only the sum of its refunds counts, which Stripe keeps itself. */
    public Handled refund(Mode mode, Charge charge, Cause cause) {
        if (charge.getPaymentIntent() == null || charge.getAmountRefunded() <= 0) {
            return new Handled.Ignored("no refund of a payment of ours");
        }
        String marked = mark(charge.getMetadata());
        String topUpId = marked == null ? markOf(mode, charge.getPaymentIntent()) : marked;
        return topUp(
                topUpId,
                id -> new RefundTopUp(id, charge.getPaymentIntent(), mode, Cents.money(charge.getAmountRefunded())),
                cause);
    }

    /** An inquiry takes no money: it counts once it has become a dispute. */
    private Handled dispute(Mode mode, Dispute dispute, Cause cause) {
        if (dispute.getPaymentIntent() == null || isInquiry(dispute)) {
            return new Handled.Ignored("no dispute about a payment of ours");
        }
        return topUp(
                markOf(mode, dispute.getPaymentIntent()),
                id -> new DisputeTopUp(
                        id, dispute.getPaymentIntent(), mode, dispute.getId(), Cents.money(dispute.getAmount())),
                cause);
    }

    private Handled resolve(Mode mode, Dispute dispute, Cause cause) {
        boolean won = "won".equals(dispute.getStatus());
        if (dispute.getPaymentIntent() == null || !(won || "lost".equals(dispute.getStatus()))) {
            return new Handled.Ignored("no dispute about a payment of ours");
        }
        return topUp(
                markOf(mode, dispute.getPaymentIntent()),
                id -> new ResolveDispute(id, dispute.getPaymentIntent(), mode, dispute.getId(), won),
                cause);
    }

    /** Stripe took a transfer back as a whole; a part of one is left to the operator. */
    private Handled reverse(Mode mode, Transfer transfer, Cause cause) {
        String payoutId =
                transfer.getMetadata() == null ? null : transfer.getMetadata().get(StripeApi.PAYOUT);
        if (payoutId == null || !PAYOUT.matcher(payoutId).matches() || mode != Mode.LIVE) {
            return new Handled.Ignored("no transfer of ours");
        }
        if (!Boolean.TRUE.equals(transfer.getReversed())) {
            return new Handled.ReversedInPart(payoutId, transfer.getId());
        }
        try {
            return new Handled.Payout(ledger.send(new FailPayout(new PayoutId(payoutId), FailPayout.REVERSED), cause));
        } catch (Rejected rejected) {
            if (rejected.rejection() instanceof Unknown) {
                return new Handled.Unknown(payoutId);
            }
            throw rejected;
        }
    }

    private Handled topUp(@Nullable String topUpId, Function<TopUpId, TopUpCommand> command, Cause cause) {
        if (topUpId == null) {
            return new Handled.Ignored("a payment that is none of ours");
        }
        try {
            return new Handled.TopUp(ledger.send(command.apply(new TopUpId(topUpId)), cause));
        } catch (Rejected rejected) {
            if (rejected.rejection() instanceof Unknown) {
                return new Handled.Unknown(topUpId);
            }
            throw rejected;
        }
    }

    /** Only the intent certainly has our mark: a dispute has none, and a charge may have lost it. */
    private @Nullable String markOf(Mode mode, String paymentIntentId) {
        try {
            return mark(stripes.require(mode).intent(paymentIntentId).getMetadata());
        } catch (StripeFailure failure) {
            if (failure.outcome() == StripeFailure.Outcome.REFUSED) {
                return null; // Stripe does not know it under our key, so it was not made with it
            }
            throw failure;
        }
    }

    private static @Nullable String mark(@Nullable Map<String, String> metadata) {
        String mark = metadata == null ? null : metadata.get(StripeApi.TOP_UP);
        return mark != null && MARK.matcher(mark).matches() ? mark : null;
    }

    /** An intent that denies the mode its event was signed in is never of the mode its top-up was quoted in. */
    private static Mode modeOf(Mode signed, PaymentIntent intent) {
        Mode said = Boolean.TRUE.equals(intent.getLivemode()) ? Mode.LIVE : Mode.TEST;
        if (said == signed) {
            return signed;
        }
        return Mode.LIVE.wireName().equals(intent.getMetadata().get(StripeApi.MODE)) ? Mode.TEST : Mode.LIVE;
    }

    private static boolean isInquiry(Dispute dispute) {
        return dispute.getStatus() != null && dispute.getStatus().startsWith("warning");
    }

    /** Whatever API version the event was rendered in: the few fields that are read here are in all of them. */
    private static <T extends StripeObject> T object(Event event, Class<T> type) {
        try {
            return type.cast(event.getDataObjectDeserializer().deserializeUnsafe());
        } catch (EventDataObjectDeserializationException e) {
            throw new IllegalArgumentException("event " + event.getId() + " has no readable object", e);
        }
    }
}
