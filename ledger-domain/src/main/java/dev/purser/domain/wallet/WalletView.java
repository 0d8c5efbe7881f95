package dev.purser.domain.wallet;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.WalletId;

/** A wallet as its stream has it, the events just decided included. */
public record WalletView(WalletId id, CustomerId customerId, Mode mode, Money balance, Money held, boolean frozen) {
    public Money available() {
        return balance.minus(held);
    }
}
