package dev.purser.payments.reconciliation;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not match, for the operator to look at; it stays on the list until it is looked at again and found to
 * be right.
 *
 * @param topUpId or payoutId, where one is known
 * @param stripeId of the payment, the transfer, the account or the event
 */
public record Finding(
        Kind kind, @Nullable String topUpId, @Nullable String stripeId, String message) {

    /** What is wrong. */
    public enum Kind {
        /** Paid, but amount, currency, mode or payment are not the quote's: nothing is credited. */
        PARKED,
        /** Paid and marked as ours, but there is no such top-up here. */
        UNKNOWN_TOP_UP,
        /** Paid beside the payment that belongs to the top-up. */
        OTHER_PAYMENT,
        /** Settled here with another amount than Stripe has received. */
        AMOUNT_DIFFERS,
        /** Settled here, not paid at Stripe. */
        NOT_PAID,
        /** A refund that is booked here has failed at Stripe afterwards. */
        REFUND_UNDONE,
        /** A payment that could not be held against its top-up. */
        NOT_COMPARED,
        /** A payout whose outcome has not been known for an hour. */
        PAYOUT_IN_DOUBT,
        /** Transferred at Stripe, failed here: the margin is back, and paid out too. */
        PAYOUT_CONFLICT,
        /** A transfer of which Stripe took back a part: nothing is booked. */
        REVERSED_IN_PART,
        /** An event that could not be handled; it is tried again. */
        EVENT_FAILED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** With the kind, what makes two findings the same. */
    String subject() {
        String other = kind == Kind.OTHER_PAYMENT ? null : topUpId;
        return Objects.requireNonNullElse(other, String.valueOf(stripeId));
    }
}
