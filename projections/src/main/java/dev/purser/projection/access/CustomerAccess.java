package dev.purser.projection.access;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerStatus;
import org.jspecify.annotations.Nullable;

/**
 * A customer and its one wallet, current to the last event.
 *
 * @param stripeCustomerId null until the first top-up
 */
public record CustomerAccess(
        CustomerId customerId,
        WalletId walletId,
        ProjectId projectId,
        Mode mode,
        CustomerStatus status,
        boolean walletFrozen,
        @Nullable String stripeCustomerId) {}
