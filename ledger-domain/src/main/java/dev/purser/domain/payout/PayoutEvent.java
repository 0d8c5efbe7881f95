package dev.purser.domain.payout;

import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import java.time.Instant;

/** What happened to a payout. */
public sealed interface PayoutEvent {
    record PayoutRequested(
            PayoutId payoutId,
            OrganizationId organizationId,
            String destination,
            Money amount,
            boolean automatic,
            Instant requestedAt)
            implements PayoutEvent {}

    record PayoutPaid(String transferId, Money amount) implements PayoutEvent {}

    /** Nothing was transferred, or, {@code afterPaid}, the transfer was reversed. */
    record PayoutFailed(String reason, Money amount, boolean afterPaid) implements PayoutEvent {}
}
