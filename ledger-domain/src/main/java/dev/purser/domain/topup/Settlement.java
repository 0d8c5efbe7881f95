package dev.purser.domain.topup;

import dev.purser.domain.Money;
import dev.purser.domain.organization.PromotionalPortion;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The arithmetic of a settled payment of which parts go back. */
record Settlement(TopUpSettled settled) {
    /**
     * The next share of so much cash. Targets are cumulative, so that rounding never adds up: platform fee, margin and bonus
     * are rounded half-up to the nano-dollar of all cash taken, the net is what remains of the cash; the last cent takes
     * whatever is left.
     */
    Share share(Share taken, Money cash) {
        Money total = taken.cash().plus(cash);
        Money fee =
                part(settled.platformFee(), total).minus(taken.platformFee()).max(Money.ZERO);
        Money margin = part(settled.margin(), total).minus(taken.margin()).max(Money.ZERO);
        Money bonus = part(settled.bonusCredited(), total).minus(taken.bonus()).max(Money.ZERO);
        return new Share(cash, fee, cash.minus(fee).minus(margin), bonus, margin);
    }

    /** What may still go back. */
    Money room(Share taken) {
        return settled.paid().minus(taken.cash());
    }

    /** The promotional credits that so much of the bonus came from; what was taken last goes back first. */
    List<PromotionalPortion> bonusPortions(Money alreadyReturned, Money amount) {
        List<PromotionalPortion> portions = new ArrayList<>();
        Money skip = alreadyReturned;
        Money left = amount;
        for (PromotionalPortion portion : settled.bonusFrom().reversed()) {
            Money skipped = portion.amount().min(skip);
            Money part = portion.amount().minus(skipped).min(left);
            if (part.isPositive()) {
                portions.add(new PromotionalPortion(part, portion.expiresAt()));
            }
            skip = skip.minus(skipped);
            left = left.minus(part);
        }
        return portions;
    }

    private Money part(Money whole, Money cash) {
        return new Money(BigDecimal.valueOf(whole.nanos())
                .multiply(BigDecimal.valueOf(cash.nanos()))
                .divide(BigDecimal.valueOf(settled.paid().nanos()), 0, RoundingMode.HALF_UP)
                .longValueExact());
    }
}
