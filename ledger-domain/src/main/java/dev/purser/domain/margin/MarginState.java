package dev.purser.domain.margin;

import dev.purser.domain.Money;
import dev.purser.domain.PayoutId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.margin.MarginEvent.MarginAccountOpened;
import dev.purser.domain.margin.MarginEvent.MarginAccrued;
import dev.purser.domain.margin.MarginEvent.MarginClawedBack;
import dev.purser.domain.margin.MarginEvent.MarginReserved;
import dev.purser.domain.margin.MarginEvent.MarginRestored;
import java.time.LocalDate;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a margin account. {@code decide} reads, {@code evolve} changes in place; neither knows a clock, a framework
 * or a database.
 *
 * <p>Law: balance = accrued − clawed back − reserved + restored. Only a claw-back makes it negative.
 */
final class MarginState {
    private final MarginId id;
    private Money balance = Money.ZERO;
    /** Of the days that a hold-back may ask for, counted from the newest. */
    private final TreeMap<LocalDate, Money> accrued = new TreeMap<>();

    private @Nullable PayoutId lastPayout;

    MarginState(MarginAccountOpened opened) {
        id = new MarginId(opened.organizationId(), opened.mode());
    }

    MarginState(MarginSnapshot snapshot) {
        id = snapshot.id();
        balance = snapshot.balance();
        accrued.putAll(snapshot.accrued());
        lastPayout = snapshot.lastPayout();
    }

    MarginSnapshot snapshot() {
        return new MarginSnapshot(id, balance, accrued, lastPayout);
    }

    Money balance() {
        return balance;
    }

    @Nullable
    PayoutId lastPayout() {
        return lastPayout;
    }

    /** What is neither owed nor held back. */
    Money payable(HoldBack holdBack, LocalDate today) {
        return balance.minus(holdBack.heldBack(accrued, today)).max(Money.ZERO);
    }

    MarginAccrued accrue(TopUpId topUpId, Money amount, LocalDate day) {
        return new MarginAccrued(topUpId, amount, balance.plus(amount), day);
    }

    MarginClawedBack clawBack(TopUpId topUpId, Money amount, LocalDate day) {
        return new MarginClawedBack(topUpId, amount, balance.minus(amount), day);
    }

    MarginReserved reserve(PayoutId payoutId, Money amount) {
        if (amount.exceeds(balance)) {
            throw new IllegalStateException("%s of %s cannot be reserved".formatted(amount, balance));
        }
        return new MarginReserved(payoutId, amount, balance.minus(amount));
    }

    MarginRestored restore(PayoutId payoutId, Money amount) {
        return new MarginRestored(payoutId, amount, balance.plus(amount));
    }

    void evolve(MarginEvent event) {
        switch (event) {
            case MarginAccountOpened _ -> throw new IllegalStateException(id + " is open already");
            case MarginAccrued more -> {
                balance = more.balance();
                count(more.day(), more.amount());
            }
            case MarginClawedBack less -> {
                balance = less.balance();
                count(less.day(), less.amount().negated());
            }
            case MarginReserved reserved -> {
                balance = reserved.balance();
                lastPayout = reserved.payoutId();
            }
            case MarginRestored restored -> balance = restored.balance();
        }
    }

    private void count(LocalDate day, Money amount) {
        LocalDate newest = accrued.isEmpty() || day.isAfter(accrued.lastKey()) ? day : accrued.lastKey();
        LocalDate oldest = newest.minusDays(HoldBack.MAX_DAYS);
        accrued.headMap(oldest).clear();
        if (!day.isBefore(oldest)) {
            accrued.merge(day, amount, Money::plus);
        }
    }
}
