package dev.purser.domain.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Sealed;
import dev.purser.domain.WalletId;
import org.jspecify.annotations.Nullable;

/** What happened to a customer. */
public sealed interface CustomerEvent {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CustomerRegistered(
            CustomerId customerId,
            OrganizationId organizationId,
            ProjectId projectId,
            Mode mode,
            WalletId walletId,
            String externalIdIndex,
            Sealed externalId,
            @Nullable Sealed email,
            @Nullable Sealed name)
            implements CustomerEvent {}

    /** Absent fields did not change. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProfileUpdated(@Nullable Sealed email, @Nullable Sealed name) implements CustomerEvent {}

    record CustomerBlocked() implements CustomerEvent {}

    record CustomerUnblocked() implements CustomerEvent {}

    /** The customer's counterpart at Stripe. */
    record StripeCustomerLinked(String stripeCustomerId) implements CustomerEvent {}
}
