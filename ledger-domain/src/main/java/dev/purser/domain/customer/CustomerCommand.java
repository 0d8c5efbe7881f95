package dev.purser.domain.customer;

import dev.purser.domain.CustomerId;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Sealed;
import dev.purser.domain.WalletId;
import org.jspecify.annotations.Nullable;

/** What can be asked of a customer. */
public sealed interface CustomerCommand extends LedgerCommand<CustomerView> {
    CustomerId customerId();

    @Override
    default String streamId() {
        return customerId().value();
    }

    /** Registers an external id of a project and mode; {@code externalIdIndex} is its blind index (keyed HMAC, hex). */
    record RegisterCustomer(
            CustomerId customerId,
            OrganizationId organizationId,
            ProjectId projectId,
            Mode mode,
            WalletId walletId,
            String externalIdIndex,
            Sealed externalId,
            @Nullable Sealed email,
            @Nullable Sealed name)
            implements CustomerCommand {}

    /** Null leaves a field as it is. */
    record UpdateProfile(
            CustomerId customerId,
            @Nullable Sealed email,
            @Nullable Sealed name) implements CustomerCommand {}

    /** Its sessions are refused from now on; the money stays. */
    record BlockCustomer(CustomerId customerId) implements CustomerCommand {}

    record UnblockCustomer(CustomerId customerId) implements CustomerCommand {}

    /** Says which customer of Stripe's this is; the first one counts, the view tells which. */
    record LinkStripeCustomer(CustomerId customerId, String stripeCustomerId) implements CustomerCommand {
        public LinkStripeCustomer {
            if (stripeCustomerId.isBlank()) {
                throw new IllegalArgumentException("stripeCustomerId must not be blank");
            }
        }
    }
}
