package dev.purser.domain.organization;

import dev.purser.domain.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an organization may give as bonuses. A value: what ends first is spent first, what has ended is never spent, and no
 * portion is ever below zero.
 *
 * @param portions one per end, the earliest first, those without an end last
 */
public record PromotionalCredits(List<PromotionalPortion> portions) {
    public static final PromotionalCredits NONE = new PromotionalCredits(List.of());

    private static final Comparator<PromotionalPortion> BY_END =
            Comparator.comparing(PromotionalPortion::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()));

    public PromotionalCredits {
        portions = List.copyOf(portions);
    }

    /** What may be given at that time. */
    public Money availableAt(Instant at) {
        Money sum = Money.ZERO;
        for (PromotionalPortion portion : portions) {
            if (portion.isOpenAt(at)) {
                sum = sum.plus(portion.amount());
            }
        }
        return sum;
    }

    /** Where an amount comes from: the whole of it, or all that is available. */
    List<PromotionalPortion> toSpend(Money amount, Instant at) {
        List<PromotionalPortion> spent = new ArrayList<>();
        Money left = amount;
        for (PromotionalPortion portion : portions) {
            Money part = portion.amount().min(left);
            if (portion.isOpenAt(at) && part.isPositive()) {
                spent.add(new PromotionalPortion(part, portion.expiresAt()));
                left = left.minus(part);
            }
        }
        return spent;
    }

    PromotionalCredits plus(List<PromotionalPortion> added) {
        PromotionalCredits sum = this;
        for (PromotionalPortion portion : added) {
            sum = sum.changed(portion.amount(), portion.expiresAt());
        }
        return sum;
    }

    PromotionalCredits minus(List<PromotionalPortion> spent) {
        PromotionalCredits rest = this;
        for (PromotionalPortion portion : spent) {
            rest = rest.changed(portion.amount().negated(), portion.expiresAt());
        }
        return rest;
    }

    private PromotionalCredits changed(Money by, @Nullable Instant expiresAt) {
        List<PromotionalPortion> changed = new ArrayList<>();
        Money amount = by;
        for (PromotionalPortion portion : portions) {
            if (Objects.equals(portion.expiresAt(), expiresAt)) {
                amount = amount.plus(portion.amount());
            } else {
                changed.add(portion);
            }
        }
        if (amount.isNegative()) {
            throw new IllegalStateException("promotional credits that are not there were spent: " + amount);
        }
        if (amount.isPositive()) {
            changed.add(new PromotionalPortion(amount, expiresAt));
            changed.sort(BY_END);
        }
        return new PromotionalCredits(changed);
    }
}
