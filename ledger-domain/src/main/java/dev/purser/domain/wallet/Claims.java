package dev.purser.domain.wallet;

import dev.purser.domain.Money;
import dev.purser.domain.TopUpId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What reversals would have taken had it not been held: as much of it as comes free is taken then, the oldest claim first; what
 * is spent instead is a loss for good. Law: the sum of the claims ≤ what is held. Claims of nothing are not kept.
 */
final class Claims {
    /** The oldest first. */
    private final Map<TopUpId, Money> open = new LinkedHashMap<>();
    /** What was taken late of each top-up and not given back since. */
    private final Map<TopUpId, Money> recovered = new LinkedHashMap<>();

    Claims(Map<TopUpId, Money> oldestFirst, Map<TopUpId, Money> recovered) {
        open.putAll(oldestFirst);
        this.recovered.putAll(recovered);
    }

    /** A view, the oldest first. */
    Map<TopUpId, Money> open() {
        return open;
    }

    /** A view. */
    Map<TopUpId, Money> recovered() {
        return recovered;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    Money recovered(TopUpId topUp) {
        return recovered.getOrDefault(topUp, Money.ZERO);
    }

    /** A reversal fell short while so much was held. */
    void add(TopUpId topUp, Money shortfall, Money held) {
        change(open, topUp, shortfall.min(held.minus(sum())));
    }

    /** What is taken of money that comes free, in this order. */
    List<Map.Entry<TopUpId, Money>> served(Money freed) {
        List<Map.Entry<TopUpId, Money>> served = new ArrayList<>();
        Money left = freed;
        for (Map.Entry<TopUpId, Money> claim : open.entrySet()) {
            Money taken = claim.getValue().min(left);
            if (taken.isPositive()) {
                served.add(Map.entry(claim.getKey(), taken));
                left = left.minus(taken);
            }
        }
        return served;
    }

    void take(TopUpId topUp, Money amount) {
        drop(topUp, amount);
        change(recovered, topUp, amount);
    }

    /** The reversal is undone: {@code lost} of it is neither owed nor lost any more. */
    void undo(TopUpId topUp, Money givenBack, Money lost) {
        change(recovered, topUp, givenBack.negated());
        drop(topUp, lost);
    }

    /** No more than so much can come free any more; the newest claims lapse first. */
    void limit(Money most) {
        Money beyond = sum().minus(most);
        for (TopUpId topUp : List.copyOf(open.keySet()).reversed()) {
            if (!beyond.isPositive()) {
                return;
            }
            Money lapsed = claim(topUp).min(beyond);
            drop(topUp, lapsed);
            beyond = beyond.minus(lapsed);
        }
    }

    private void drop(TopUpId topUp, Money amount) {
        change(open, topUp, claim(topUp).min(amount).negated());
    }

    private Money claim(TopUpId topUp) {
        return open.getOrDefault(topUp, Money.ZERO);
    }

    private Money sum() {
        return open.values().stream().reduce(Money.ZERO, Money::plus);
    }

    private static void change(Map<TopUpId, Money> amounts, TopUpId topUp, Money by) {
        Money after = amounts.getOrDefault(topUp, Money.ZERO).plus(by);
        if (after.isZero()) {
            amounts.remove(topUp);
        } else {
            amounts.put(topUp, after);
        }
    }
}
