package dev.purser.payments.event;

import dev.purser.domain.payout.PayoutView;
import dev.purser.domain.topup.TopUpView;

/** What an event of Stripe's came to. */
public sealed interface Handled {
    /** The top-up as it is now, whether this event changed it or an earlier delivery had. */
    record TopUp(TopUpView view) implements Handled {}

    record Payout(PayoutView view) implements Handled {}

    /** It bears our mark, but there is no such top-up or payout here: another installation's, perhaps. */
    record Unknown(String id) implements Handled {}

    /** Stripe took back a part of a payout's transfer: nothing is booked. */
    record ReversedInPart(String payoutId, String transferId) implements Handled {}

    /** Nothing that concerns the ledger. */
    record Ignored(String why) implements Handled {}
}
