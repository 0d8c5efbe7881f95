package dev.purser.domain.customer;

import dev.purser.domain.CustomerId;
import dev.purser.domain.WalletId;

/** A customer as its stream has it. */
public record CustomerView(CustomerId id, WalletId walletId, CustomerStatus status) {}
