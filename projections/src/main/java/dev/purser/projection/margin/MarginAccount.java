package dev.purser.projection.margin;

import dev.purser.domain.Money;

/**
 * A margin account: balance = accrued − clawedBack − inFlight − paidOut.
 *
 * @param balance negative when what was paid out already was clawed back
 */
public record MarginAccount(Money balance, Money accrued, Money clawedBack, Money inFlight, Money paidOut) {
    public static final MarginAccount EMPTY =
            new MarginAccount(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);
}
