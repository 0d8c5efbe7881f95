package dev.purser.domain.topup;

import dev.purser.domain.Money;

/**
 * What a wallet could give back of a {@link Share}: never more than its available balance.
 *
 * @param net of the credit; the rest of the share's net is a loss
 * @param bonus of the bonus; the rest of the share's bonus stays given
 */
public record Taken(Money net, Money bonus) {
    public static final Taken NOTHING = new Taken(Money.ZERO, Money.ZERO);

    Taken plus(Taken other) {
        return new Taken(net.plus(other.net), bonus.plus(other.bonus));
    }
}
