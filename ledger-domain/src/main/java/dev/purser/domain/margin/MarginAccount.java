package dev.purser.domain.margin;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.purser.domain.FromFirstEvent;
import dev.purser.domain.Money;
import dev.purser.domain.PayoutId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.margin.MarginEvent.MarginAccountOpened;
import java.time.LocalDate;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What a developer has earned in one mode. It takes no commands of its own, because its events only ever belong to those of
 * a top-up or a payout; the rules are {@link MarginState}'s.
 */
public final class MarginAccount {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    @FromFirstEvent
    private MarginState state;

    /** An account before its first event. */
    public MarginAccount() {}

    /** An account as a snapshot has it. */
    public MarginAccount(MarginSnapshot snapshot) {
        id = snapshot.id().streamId();
        state = new MarginState(snapshot);
    }

    /** Everything that the account's rules read, now. */
    public MarginSnapshot snapshot() {
        return state.snapshot();
    }

    /** Adds a top-up's margin; the first one opens the account. */
    public void accrue(MarginId marginId, TopUpId topUpId, Money amount, LocalDate day) {
        if (state == null) {
            apply(new MarginAccountOpened(marginId.organizationId(), marginId.mode()));
        }
        apply(state.accrue(topUpId, amount, day));
    }

    /** Takes margin back, whether it is still there or not. */
    public void clawBack(TopUpId topUpId, Money amount, LocalDate day) {
        apply(state.clawBack(topUpId, amount, day));
    }

    /** What may be paid out; zero where nothing ever accrued. */
    public Money payable(HoldBack holdBack, LocalDate today) {
        return state == null ? Money.ZERO : state.payable(holdBack, today);
    }

    /** The payout that was reserved for last. */
    public @Nullable PayoutId lastPayout() {
        return state == null ? null : state.lastPayout();
    }

    public Money balance() {
        return state == null ? Money.ZERO : state.balance();
    }

    public void reserve(PayoutId payoutId, Money amount) {
        apply(state.reserve(payoutId, amount));
    }

    public void restore(PayoutId payoutId, Money amount) {
        apply(state.restore(payoutId, amount));
    }

    @EventSourcingHandler
    void on(MarginEvent event) {
        if (event instanceof MarginAccountOpened opened) {
            id = new MarginId(opened.organizationId(), opened.mode()).streamId();
            state = new MarginState(opened);
        } else {
            state.evolve(event);
        }
    }
}
