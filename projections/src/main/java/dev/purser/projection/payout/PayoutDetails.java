package dev.purser.projection.payout;

import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.payout.PayoutStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payout.
 *
 * @param destination the connected Stripe account
 * @param amount whole cents
 * @param transferId kept when a paid payout fails afterwards, because its transfer was reversed
 * @param closedAt when it was paid or failed
 * @param position of the request in the log: where a page ends
 */
public record PayoutDetails(
        PayoutId payoutId,
        OrganizationId organizationId,
        String destination,
        Money amount,
        boolean automatic,
        PayoutStatus status,
        @Nullable String transferId,
        @Nullable String failureReason,
        Instant requestedAt,
        @Nullable Instant closedAt,
        long position) {}
