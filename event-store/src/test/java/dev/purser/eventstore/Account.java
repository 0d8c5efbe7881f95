package dev.purser.eventstore;

import dev.purser.eventstore.codec.EventTypes;
import dev.purser.eventstore.snapshot.SnapshotFormat;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The sample aggregate: an account that is never below zero. Public, because Axon calls it by reflection. */
public final class Account {

    static final EventTypes EVENTS = EventTypes.builder().addAll(Event.class).build();
    static final SnapshotFormat<Account, State> SNAPSHOTS =
            new SnapshotFormat<>("account", 1, State.class, Account::state, Account::new);

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private final String id;

    private boolean open;
    private long balance;

    Account(String id) {
        this.id = id;
    }

    private Account(String id, State state) {
        this.id = id;
        this.open = state.open();
        this.balance = state.balance();
    }

    private State state() {
        return new State(open, balance);
    }

    /** What a snapshot keeps of an account. */
    public record State(boolean open, long balance) {}

    public sealed interface Event {
        record AccountOpened(String owner) implements Event {}

        record AccountCredited(long amount, @Nullable String reference) implements Event {}

        record AccountDebited(long amount, @Nullable String reference) implements Event {}
    }

    public record Open(String owner) {}

    public record Credit(long amount, @Nullable String reference) {}

    public record Debit(long amount, @Nullable String reference) {}

    /** Applies an event and then refuses. */
    public record DebitAndFail(long amount) {}

    /** Asks for the balance, makes no event. */
    public record Ask() {}

    public static final class TooLittle extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long balance;

        TooLittle(long balance) {
            super("the balance is " + balance, null, false, false);
            this.balance = balance;
        }

        long balance() {
            return balance;
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public long open(Open command) {
        if (!open) {
            AggregateLifecycle.apply(new Event.AccountOpened(command.owner()));
        }
        return balance;
    }

    @CommandHandler
    public long credit(Credit command) {
        AggregateLifecycle.apply(new Event.AccountCredited(command.amount(), command.reference()));
        return balance;
    }

    @CommandHandler
    public long debit(Debit command) {
        if (balance < command.amount()) {
            throw new TooLittle(balance);
        }
        AggregateLifecycle.apply(new Event.AccountDebited(command.amount(), command.reference()));
        return balance;
    }

    @CommandHandler
    public long debitAndFail(DebitAndFail command) {
        AggregateLifecycle.apply(new Event.AccountDebited(command.amount(), null));
        throw new TooLittle(balance);
    }

    @CommandHandler
    public long ask(Ask command) {
        return balance;
    }

    public long balance() {
        return balance;
    }

    @EventSourcingHandler
    public void on(Event.AccountOpened event) {
        open = true;
    }

    @EventSourcingHandler
    public void on(Event.AccountCredited event) {
        balance += event.amount();
    }

    @EventSourcingHandler
    public void on(Event.AccountDebited event) {
        balance -= event.amount();
    }
}
