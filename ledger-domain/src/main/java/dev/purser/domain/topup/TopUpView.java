package dev.purser.domain.topup;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import org.jspecify.annotations.Nullable;

/**
 * A top-up as its stream has it.
 *
 * @param bonusCredited what was really given on top; zero before the settlement
 * @param refunded cash that refunds have taken out of the books; with {@code disputed} at most what was paid
 * @param disputed cash that open and lost disputes have taken
 */
public record TopUpView(
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
        Money bonusCredited,
        Money refunded,
        Money disputed) {}
