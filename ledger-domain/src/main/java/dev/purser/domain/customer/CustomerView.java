package dev.purser.domain.customer;

import dev.purser.domain.CustomerId;
import dev.purser.domain.WalletId;
import org.jspecify.annotations.Nullable;

/** A customer as its stream has it. */
public record CustomerView(
        CustomerId id,
        WalletId walletId,
        CustomerStatus status,
        @Nullable String stripeCustomerId) {
    /** A customer without a counterpart at Stripe. */
    public CustomerView(CustomerId id, WalletId walletId, CustomerStatus status) {
        this(id, walletId, status, null);
    }
}
