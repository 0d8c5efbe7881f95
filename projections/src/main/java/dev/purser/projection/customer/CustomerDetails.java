package dev.purser.projection.customer;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Money;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer as its project sees it.
 *
 * @param externalId {@code deleted_<id>} once the customer's personal data is erased
 */
public record CustomerDetails(
        CustomerId id,
        String externalId,
        @Nullable String email,
        @Nullable String name,
        CustomerStatus status,
        Instant createdAt,
        WalletId walletId,
        Money balance,
        boolean walletFrozen,
        Money lifetimeSpend,
        Money lifetimeToppedUp) {}
