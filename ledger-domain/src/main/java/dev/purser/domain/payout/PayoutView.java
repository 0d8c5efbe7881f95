package dev.purser.domain.payout;

import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payout as its stream has it.
 *
 * @param destination the connected Stripe account
 * @param amount whole cents
 * @param marginBalance the margin account's balance now; negative when more was clawed back than was there
 */
public record PayoutView(
        PayoutId payoutId,
        OrganizationId organizationId,
        String destination,
        Money amount,
        PayoutStatus status,
        @Nullable String transferId,
        Instant requestedAt,
        Money marginBalance) {}
