package dev.purser.domain.topup;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.organization.PromotionalPortion;
import dev.purser.domain.topup.Correction.Resolve;
import dev.purser.domain.topup.Correction.TakeDispute;
import dev.purser.domain.topup.Correction.TakeRefund;
import dev.purser.domain.topup.Dispute.Status;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.ResolveDispute;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.topup.TopUpEvent.DisputeAnnounced;
import dev.purser.domain.topup.TopUpEvent.DisputeResolved;
import dev.purser.domain.topup.TopUpEvent.MarkupApplied;
import dev.purser.domain.topup.TopUpEvent.PaymentIntentCreated;
import dev.purser.domain.topup.TopUpEvent.RefundAnnounced;
import dev.purser.domain.topup.TopUpEvent.ResolutionAnnounced;
import dev.purser.domain.topup.TopUpEvent.TopUpDisputed;
import dev.purser.domain.topup.TopUpEvent.TopUpParked;
import dev.purser.domain.topup.TopUpEvent.TopUpQuoted;
import dev.purser.domain.topup.TopUpEvent.TopUpRefunded;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a top-up. {@code decide} reads, {@code evolve} changes in place; neither knows a clock, a framework or a
 * database.
 *
 * <p>Laws: cash taken by refunds and by open or lost disputes ≤ paid; what refunds and disputes ask for and find room for is
 * taken, whatever the order of their coming; what a won dispute took is given back.
 */
final class TopUpState {
    private static final String CURRENCY = "usd";

    private final TopUpQuoted quoted;
    private @Nullable String paymentIntentId;
    private boolean markupApplied;
    private @Nullable Settlement settlement;
    private final Set<TopUpParked> parked = new HashSet<>();
    private Money refundAnnounced = Money.ZERO;
    /** As Stripe counts it. */
    private Money refunded = Money.ZERO;

    private Money refundedCash = Money.ZERO;
    private final Map<String, Dispute> disputes = new LinkedHashMap<>();
    private final Map<String, Boolean> resolutions = new HashMap<>();
    /** By refunds and by disputes that are not won. */
    private Share taken = Share.NONE;

    private Money bonusReturned = Money.ZERO;

    TopUpState(TopUpQuoted quoted) {
        this.quoted = quoted;
    }

    TopUpQuoted quoted() {
        return quoted;
    }

    boolean isSettled() {
        return settlement != null;
    }

    TopUpSettled settled() {
        return settlement().settled();
    }

    TopUpView view() {
        Money disputed = Money.ZERO;
        for (Dispute dispute : disputes.values()) {
            disputed = disputed.plus(dispute.share().cash());
        }
        TopUpStatus unsettled = parked.isEmpty() ? TopUpStatus.QUOTED : TopUpStatus.PARKED;
        return new TopUpView(
                quoted.topUpId(),
                quoted.walletId(),
                quoted.customerId(),
                quoted.organizationId(),
                quoted.projectId(),
                quoted.mode(),
                settlement == null ? unsettled : TopUpStatus.SETTLED,
                quoted.quote(),
                paymentIntentId,
                settlement == null ? null : settlement.settled().chargeId(),
                settlement == null ? Money.ZERO : settlement.settled().bonusCredited(),
                refundedCash,
                disputed);
    }

    Optional<PaymentIntentCreated> decide(RecordPaymentIntent command) {
        return intent(command.paymentIntentId());
    }

    /** The payment's id, if none is on record. */
    Optional<PaymentIntentCreated> intent(String id) {
        return paymentIntentId == null ? Optional.of(new PaymentIntentCreated(id)) : Optional.empty();
    }

    Optional<MarkupApplied> markup() {
        TopUpQuote quote = quoted.quote();
        return markupApplied
                ? Optional.empty()
                : Optional.of(new MarkupApplied(quote.markupPercent(), quote.developerMargin()));
    }

    /** What does not match, if anything. */
    Optional<ParkReason> mismatch(SettleTopUp command) {
        if (!isOurs(command.paymentIntentId())) {
            return Optional.of(ParkReason.INTENT);
        }
        if (command.mode() != quoted.mode()) {
            return Optional.of(ParkReason.MODE);
        }
        if (!CURRENCY.equalsIgnoreCase(command.currency())) {
            return Optional.of(ParkReason.CURRENCY);
        }
        return command.received().equals(quoted.quote().totalAmount())
                ? Optional.empty()
                : Optional.of(ParkReason.AMOUNT);
    }

    /** Empty when this very mismatch is on record already. */
    Optional<TopUpParked> park(SettleTopUp command, ParkReason reason) {
        TopUpParked event = new TopUpParked(
                command.paymentIntentId(), reason, command.received(), command.currency(), command.mode());
        return parked.contains(event) ? Optional.empty() : Optional.of(event);
    }

    TopUpSettled settle(SettleTopUp command, List<PromotionalPortion> bonusFrom) {
        TopUpQuote quote = quoted.quote();
        return new TopUpSettled(
                command.paymentIntentId(),
                command.chargeId(),
                quote.totalAmount(),
                quote.platformFee(),
                quote.netCredited(),
                bonusFrom.stream().map(PromotionalPortion::amount).reduce(Money.ZERO, Money::plus),
                quote.developerMargin(),
                bonusFrom,
                command.at());
    }

    /** Before the settlement. */
    Optional<TopUpEvent> announce(RefundTopUp command) {
        return isOurs(command.paymentIntentId(), command.mode())
                        && command.refundedTotal().exceeds(refundAnnounced)
                ? Optional.of(new RefundAnnounced(command.refundedTotal()))
                : Optional.empty();
    }

    /** Before the settlement. */
    Optional<TopUpEvent> announce(DisputeTopUp command) {
        return isOurs(command.paymentIntentId(), command.mode()) && !disputes.containsKey(command.disputeId())
                ? Optional.of(new DisputeAnnounced(command.disputeId(), command.amount()))
                : Optional.empty();
    }

    /** Before the settlement, or before the dispute's beginning is known. */
    Optional<TopUpEvent> announce(ResolveDispute command) {
        return isOurs(command.paymentIntentId(), command.mode()) && !resolutions.containsKey(command.disputeId())
                ? Optional.of(new ResolutionAnnounced(command.disputeId(), command.won()))
                : Optional.empty();
    }

    Optional<Correction> decide(RefundTopUp command) {
        return isOurs(command.paymentIntentId(), command.mode()) ? refund(command.refundedTotal()) : Optional.empty();
    }

    Optional<Correction> decide(DisputeTopUp command) {
        return isOurs(command.paymentIntentId(), command.mode()) && !disputes.containsKey(command.disputeId())
                ? Optional.of(take(command.disputeId(), Dispute.announced(command.amount())))
                : Optional.empty();
    }

    boolean hasDispute(String disputeId) {
        return disputes.containsKey(disputeId);
    }

    Optional<Correction> decide(ResolveDispute command) {
        Dispute dispute = existing(command.disputeId());
        return isOurs(command.paymentIntentId(), command.mode()) && dispute.status() == Status.OPEN
                ? Optional.of(resolve(command.disputeId(), command.won()))
                : Optional.empty();
    }

    /**
     * What was announced and is not applied yet; then what found no room while a dispute stood in its way that is won now.
     * Empty when all is as it should be.
     */
    Optional<Correction> outstanding() {
        Optional<Correction> announced = refund(refundAnnounced);
        if (announced.isPresent()) {
            return announced;
        }
        for (Map.Entry<String, Dispute> entry : disputes.entrySet()) {
            Status status = entry.getValue().status();
            if (status == Status.ANNOUNCED) {
                return Optional.of(take(entry.getKey(), entry.getValue()));
            }
            Boolean won = resolutions.get(entry.getKey());
            if (status == Status.OPEN && won != null) {
                return Optional.of(resolve(entry.getKey(), won));
            }
        }
        return shortOfRoom();
    }

    /** Which promotional credits get back what a correction that is final took of the bonus. */
    List<PromotionalPortion> bonusPortions(Money amount) {
        return settlement().bonusPortions(bonusReturned, amount);
    }

    void evolve(TopUpEvent event) {
        switch (event) {
            case TopUpQuoted _ -> throw new IllegalStateException("top-up " + quoted.topUpId() + " is quoted already");
            case PaymentIntentCreated created -> paymentIntentId = created.paymentIntentId();
            case MarkupApplied _ -> markupApplied = true;
            case TopUpSettled settled -> settlement = new Settlement(settled);
            case TopUpParked mismatch -> parked.add(mismatch);
            case RefundAnnounced announced -> refundAnnounced = announced.refunded();
            case DisputeAnnounced announced ->
                disputes.put(announced.disputeId(), Dispute.announced(announced.amount()));
            case ResolutionAnnounced announced -> resolutions.put(announced.disputeId(), announced.won());
            case TopUpRefunded refund -> {
                refunded = refund.refunded();
                refundedCash = refundedCash.plus(refund.share().cash());
                taken = taken.plus(refund.share());
                bonusReturned = bonusReturned.plus(refund.taken().bonus());
            }
            case TopUpDisputed disputed -> dispute(disputed);
            case DisputeResolved resolved -> resolve(resolved);
        }
    }

    private void dispute(TopUpDisputed event) {
        Dispute before = disputes.getOrDefault(event.disputeId(), Dispute.announced(event.amount()));
        disputes.put(event.disputeId(), before.takes(event.share(), event.taken()));
        taken = taken.plus(event.share());
        if (before.status() == Status.LOST) {
            bonusReturned = bonusReturned.plus(event.taken().bonus());
        }
    }

    private void resolve(DisputeResolved event) {
        Dispute before = existing(event.disputeId());
        disputes.put(event.disputeId(), before.resolved(event.won()));
        taken = taken.minus(event.share());
        if (!event.won()) {
            bonusReturned = bonusReturned.plus(before.taken().bonus());
        }
    }

    private Optional<Correction> refund(Money total) {
        if (!total.exceeds(refunded)) {
            return Optional.empty();
        }
        Money cash = room().min(total.minus(refundedCash));
        return Optional.of(new TakeRefund(total, settlement().share(taken, cash)));
    }

    private TakeDispute take(String disputeId, Dispute dispute) {
        Money cash = room().min(dispute.amount().minus(dispute.share().cash()));
        return new TakeDispute(
                disputeId,
                dispute.amount(),
                settlement().share(taken, cash),
                dispute.status() == Status.ANNOUNCED,
                dispute.status() == Status.LOST);
    }

    private Resolve resolve(String disputeId, boolean won) {
        Dispute dispute = existing(disputeId);
        return new Resolve(disputeId, won, dispute.share(), dispute.taken());
    }

    private Optional<Correction> shortOfRoom() {
        if (!room().isPositive()) {
            return Optional.empty();
        }
        if (refunded.exceeds(refundedCash)) {
            Money cash = room().min(refunded.minus(refundedCash));
            return Optional.of(new TakeRefund(refunded, settlement().share(taken, cash)));
        }
        for (Map.Entry<String, Dispute> entry : disputes.entrySet()) {
            Dispute dispute = entry.getValue();
            if (dispute.counts() && dispute.amount().exceeds(dispute.share().cash())) {
                return Optional.of(take(entry.getKey(), dispute));
            }
        }
        return Optional.empty();
    }

    /** Until a payment is on record every one is taken for ours. */
    private boolean isOurs(String intent) {
        return paymentIntentId == null || paymentIntentId.equals(intent);
    }

    /** Whoever may speak for the Stripe of one mode has no say about the money of the other. */
    private boolean isOurs(String intent, Mode mode) {
        return isOurs(intent) && mode == quoted.mode();
    }

    private Money room() {
        return settlement().room(taken);
    }

    private Settlement settlement() {
        if (settlement == null) {
            throw new IllegalStateException("top-up " + quoted.topUpId() + " is not settled");
        }
        return settlement;
    }

    private Dispute existing(String disputeId) {
        Dispute dispute = disputes.get(disputeId);
        if (dispute == null) {
            throw new IllegalStateException("top-up " + quoted.topUpId() + " has no dispute " + disputeId);
        }
        return dispute;
    }
}
