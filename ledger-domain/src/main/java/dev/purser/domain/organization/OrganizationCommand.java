package dev.purser.domain.organization;

import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be asked of an organization. */
public sealed interface OrganizationCommand extends LedgerCommand<OrganizationView> {
    OrganizationId organizationId();

    @Override
    default String streamId() {
        return organizationId().value();
    }

    record RegisterOrganization(OrganizationId organizationId, String name) implements OrganizationCommand {}

    record RenameOrganization(OrganizationId organizationId, String name) implements OrganizationCommand {}

    record ActivateOrganization(OrganizationId organizationId) implements OrganizationCommand {}

    /** All its keys and sessions are refused from now on. */
    record DeactivateOrganization(OrganizationId organizationId) implements OrganizationCommand {}

    /** Allows so much of bonuses; {@code expiresAt} null: without an end. */
    record GrantPromotionalCredits(
            OrganizationId organizationId,
            Money amount,
            @Nullable Instant expiresAt) implements OrganizationCommand {
        public GrantPromotionalCredits {
            if (!amount.isPositive()) {
                throw new IllegalArgumentException("the amount must be positive, is " + amount);
            }
        }
    }

    /** Says which Stripe account payouts go to; the first one counts, the view tells which. */
    record LinkStripeAccount(OrganizationId organizationId, String accountId) implements OrganizationCommand {
        public LinkStripeAccount {
            if (accountId.isBlank()) {
                throw new IllegalArgumentException("accountId must not be blank");
            }
        }
    }
}
