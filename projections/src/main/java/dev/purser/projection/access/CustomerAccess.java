package dev.purser.projection.access;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerStatus;

/** A customer and its one wallet, current to the last event. */
public record CustomerAccess(
        CustomerId customerId,
        WalletId walletId,
        ProjectId projectId,
        Mode mode,
        CustomerStatus status,
        boolean walletFrozen) {}
