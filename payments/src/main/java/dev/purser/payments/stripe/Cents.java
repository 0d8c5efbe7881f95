package dev.purser.payments.stripe;

import dev.purser.domain.Money;

/** Stripe counts in cents, the ledger in nano-dollars. */
public final class Cents {
    private static final long NANOS_PER_CENT = Money.NANOS_PER_DOLLAR / 100;

    private Cents() {}

    public static Money money(long cents) {
        return new Money(Math.multiplyExact(cents, NANOS_PER_CENT));
    }

    /** Exact: an amount with a fraction of a cent is a bug and throws {@link ArithmeticException}. */
    public static long of(Money amount) {
        if (amount.nanos() % NANOS_PER_CENT != 0) {
            throw new ArithmeticException(amount + " is no whole number of cents");
        }
        return amount.nanos() / NANOS_PER_CENT;
    }
}
