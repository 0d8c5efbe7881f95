package dev.purser.projection.topup;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.topup.ParkReason;
import java.time.Instant;

/**
 * A payment that does not match the quote of the top-up it names; an operator has to look at it.
 *
 * @param currency as Stripe writes it; what it is no USD of is not converted
 * @param mode the mode that the payment was made in, whatever the top-up's is
 * @param topUp as it is now: another payment may have settled it
 * @param position of the event in the log: where a page ends
 */
public record ParkedPayment(
        String paymentIntentId,
        ParkReason reason,
        Money received,
        String currency,
        Mode mode,
        Instant parkedAt,
        TopUpDetails topUp,
        long position) {}
