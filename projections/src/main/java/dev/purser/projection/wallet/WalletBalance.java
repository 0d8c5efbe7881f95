package dev.purser.projection.wallet;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import java.time.Instant;

/** A wallet at some position of the log. */
public record WalletBalance(
        WalletId walletId,
        CustomerId customerId,
        ProjectId projectId,
        Mode mode,
        Money balance,
        Money held,
        boolean frozen,
        Instant openedAt) {
    public Money available() {
        return balance.minus(held);
    }
}
