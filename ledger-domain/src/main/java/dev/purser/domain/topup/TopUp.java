package dev.purser.domain.topup;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.purser.domain.FromFirstEvent;
import dev.purser.domain.organization.PromotionalPortion;
import dev.purser.domain.topup.TopUpCommand.ApplyMarkup;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.topup.TopUpEvent.TopUpQuoted;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;

/** A top-up; the rules are {@link TopUpState}'s, what other streams have to do with it is in {@link TopUpHandlers}. */
public final class TopUp {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    @FromFirstEvent
    private TopUpState state;

    @CommandHandler
    TopUpView handle(RecordPaymentIntent command) {
        decide(rules -> rules.decide(command));
        return state.view();
    }

    @CommandHandler
    TopUpView handle(ApplyMarkup command) {
        decide(TopUpState::markup);
        return state.view();
    }

    boolean isQuoted() {
        return state != null;
    }

    void settle(SettleTopUp command, List<PromotionalPortion> bonusFrom) {
        decide(rules -> rules.intent(command.paymentIntentId()));
        handle(new ApplyMarkup(command.topUpId()));
        apply(state.settle(command, bonusFrom));
    }

    /** Asks the rules. */
    <T> T ask(Function<TopUpState, T> question) {
        return question.apply(state);
    }

    void record(TopUpEvent event) {
        apply(event);
    }

    /** Puts on record what the rules decide, if anything. */
    <T extends TopUpEvent> void decide(Function<TopUpState, Optional<T>> decision) {
        decision.apply(state).ifPresent(event -> apply(event));
    }

    TopUpView view() {
        return state.view();
    }

    @EventSourcingHandler
    void on(TopUpEvent event) {
        if (event instanceof TopUpQuoted quoted) {
            id = quoted.topUpId().value();
            state = new TopUpState(quoted);
        } else {
            state.evolve(event);
        }
    }
}
