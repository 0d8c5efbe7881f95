package dev.purser.projection.books;

import dev.purser.domain.Money;
import java.util.List;

/**
 * The accounts of one organization in one mode: all that have a balance, and those that belong to no wallet even without.
 *
 * @param position the last event of the log that is in it; 0: none
 */
public record TrialBalance(long position, List<AccountBalance> accounts) {
    /** Zero, or the books are wrong. */
    public Money total() {
        return accounts.stream().map(AccountBalance::balance).reduce(Money.ZERO, Money::plus);
    }
}
