package dev.purser.domain.wallet;

import dev.purser.domain.HoldId;
import dev.purser.domain.Money;

/**
 * A bill, as decided.
 *
 * @param loss the part of the cost that nothing was left for
 */
public record Debited(HoldId id, Money cost, Money charged, Money loss, WalletView wallet) {}
