package dev.purser.domain.topup;

import dev.purser.domain.Money;

/**
 * A part of a settled payment that goes back, or comes back.
 *
 * @param cash what Stripe returns to the customer: platformFee + net + margin
 * @param net what the wallet was credited for it
 * @param bonus what the wallet was given on top; no part of the cash
 */
public record Share(Money cash, Money platformFee, Money net, Money bonus, Money margin) {
    public static final Share NONE = new Share(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);

    public Share {
        if (!cash.equals(platformFee.plus(net).plus(margin))) {
            throw new IllegalArgumentException(
                    "cash %s is not fee %s + net %s + margin %s".formatted(cash, platformFee, net, margin));
        }
    }

    public Share plus(Share other) {
        return new Share(
                cash.plus(other.cash),
                platformFee.plus(other.platformFee),
                net.plus(other.net),
                bonus.plus(other.bonus),
                margin.plus(other.margin));
    }

    public Share minus(Share other) {
        return new Share(
                cash.minus(other.cash),
                platformFee.minus(other.platformFee),
                net.minus(other.net),
                bonus.minus(other.bonus),
                margin.minus(other.margin));
    }
}
