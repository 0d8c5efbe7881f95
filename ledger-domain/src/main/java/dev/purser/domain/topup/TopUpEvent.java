package dev.purser.domain.topup;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import dev.purser.domain.organization.PromotionalPortion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a top-up. */
public sealed interface TopUpEvent {
    record TopUpQuoted(
            TopUpId topUpId,
            WalletId walletId,
            CustomerId customerId,
            OrganizationId organizationId,
            ProjectId projectId,
            Mode mode,
            TopUpQuote quote)
            implements TopUpEvent {}

    record PaymentIntentCreated(String paymentIntentId) implements TopUpEvent {}

    /** The part of the payment that is the developer's; part of the settlement. */
    record MarkupApplied(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal percent, Money margin) implements TopUpEvent {}

    /**
     * The payment came in full. paid = platformFee + netCredited + margin.
     *
     * @param bonusCredited what was really given on top: the sum of {@code bonusFrom}
     * @param bonusFrom the promotional credits it was taken from, in the order of their taking
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TopUpSettled(
            String paymentIntentId,
            @Nullable String chargeId,
            Money paid,
            Money platformFee,
            Money netCredited,
            Money bonusCredited,
            Money margin,
            List<PromotionalPortion> bonusFrom,
            Instant settledAt)
            implements TopUpEvent {
        public TopUpSettled {
            bonusFrom = List.copyOf(bonusFrom);
        }
    }

    /** A payment that does not match the quote; nothing is credited for it. */
    record TopUpParked(String paymentIntentId, ParkReason reason, Money received, String currency, Mode mode)
            implements TopUpEvent {}

    /** A refund arrived before the settlement; {@code refunded} is cumulative. */
    record RefundAnnounced(Money refunded) implements TopUpEvent {}

    /** A dispute arrived before the settlement. */
    record DisputeAnnounced(String disputeId, Money amount) implements TopUpEvent {}

    /** The end of a dispute arrived before its beginning or before the settlement. */
    record ResolutionAnnounced(String disputeId, boolean won) implements TopUpEvent {}

    /**
     * Money went back to the customer.
     *
     * @param refunded all cash refunded so far, as Stripe counts it
     * @param share taken by this event; its cash is less than what {@code refunded} grew by where a dispute has it already
     */
    record TopUpRefunded(Money refunded, Share share, Taken taken) implements TopUpEvent {}

    /**
     * The customer's bank took money back. Again for the same dispute when room comes up under what was paid.
     *
     * @param amount the disputed amount
     * @param share taken by this event; the share of a dispute is the sum of its events
     */
    record TopUpDisputed(String disputeId, Money amount, Share share, Taken taken) implements TopUpEvent {}

    /**
     * The dispute is over.
     *
     * @param share given back: all that it took if it is won, else nothing
     * @param taken how much of the share the wallet had given, and gets again
     */
    record DisputeResolved(String disputeId, boolean won, Share share, Taken taken) implements TopUpEvent {}
}
