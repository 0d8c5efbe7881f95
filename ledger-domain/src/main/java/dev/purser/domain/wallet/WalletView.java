package dev.purser.domain.wallet;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.WalletId;

/** A wallet as its stream has it, the events just decided included. */
public record WalletView(
        WalletId id, CustomerId customerId, Mode mode, Money balance, Money held, boolean frozen, WalletTerms terms) {
    /** A wallet without terms of its own. */
    public WalletView(WalletId id, CustomerId customerId, Mode mode, Money balance, Money held, boolean frozen) {
        this(id, customerId, mode, balance, held, frozen, WalletTerms.NONE);
    }

    public Money available() {
        return balance.minus(held);
    }
}
