package dev.purser.projection.topup;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import dev.purser.domain.topup.TopUpQuote;
import dev.purser.domain.topup.TopUpStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A top-up. What was paid, credited and given is zero before the settlement.
 *
 * @param credited what the wallet got for the payment, without the bonus
 * @param refunded cash that refunds have taken out of the books
 * @param refundReported all that Stripe said was refunded, at most what was paid; more than {@code refunded} where a dispute
 *     has taken the money already
 * @param disputed cash that open and lost disputes have taken
 * @param position of the quote in the log: where a page ends
 */
public record TopUpDetails(
        TopUpId topUpId,
        WalletId walletId,
        CustomerId customerId,
        OrganizationId organizationId,
        ProjectId projectId,
        Mode mode,
        TopUpStatus status,
        TopUpQuote quote,
        @Nullable String paymentIntentId,
        @Nullable String chargeId,
        Money paid,
        Money credited,
        Money bonus,
        Money margin,
        Money refunded,
        Money refundReported,
        Money disputed,
        Instant quotedAt,
        @Nullable Instant settledAt,
        long position) {}
