package dev.purser.projection.wallet;

import dev.purser.domain.HoldId;
import dev.purser.domain.WalletId;

/** An open hold whose time is over. */
public record OverdueHold(WalletId walletId, HoldId holdId) {}
