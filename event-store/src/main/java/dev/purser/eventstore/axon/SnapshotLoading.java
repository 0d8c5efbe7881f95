package dev.purser.eventstore.axon;

import dev.purser.eventstore.append.StreamTail;
import dev.purser.eventstore.snapshot.Snapshots;
import dev.purser.eventstore.snapshot.Snapshots.Restored;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventsourcing.AggregateDeletedException;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.modelling.command.RepositoryProvider;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.jspecify.annotations.Nullable;

/**
 * Loads aggregates from snapshots, and takes some. A snapshot is a place to begin reading at, no more: the state is made of
 * it and of the events behind it, and ends where the stream ends in the log.
 */
public final class SnapshotLoading<T> {

    private final Snapshots<T> snapshots;
    private final PostgresEventStorageEngine engine;
    private final EventBus eventBus;
    private final RepositoryProvider repositories;

    /** Loading for one type of aggregate, made with the same parts as its repository. */
    public SnapshotLoading(
            Snapshots<T> snapshots,
            PostgresEventStorageEngine engine,
            EventBus eventBus,
            RepositoryProvider repositories) {
        this.snapshots = snapshots;
        this.engine = engine;
        this.eventBus = eventBus;
        this.repositories = repositories;
    }

    /** The aggregate by its snapshot and the events behind it; null if it has no snapshot that can be relied upon. */
    @Nullable
    EventSourcedAggregate<T> load(String stream, AggregateModel<T> model) {
        Restored<T> restored = snapshots.find(stream);
        if (restored == null) {
            return null;
        }
        DomainEventStream rest = engine.readEventsBehind(stream, restored.head());
        if (rest == null) {
            snapshots.isNotOfThisLog(stream);
            return null;
        }
        EventSourcedAggregate<T> aggregate = EventSourcedAggregate.reconstruct(
                restored.aggregate(),
                model,
                restored.head().sequence(),
                false,
                eventBus,
                repositories,
                NoSnapshotTriggerDefinition.TRIGGER);
        aggregate.initializeState(rest);
        if (aggregate.isDeleted()) {
            throw new AggregateDeletedException(stream);
        }
        takeAfterReading(aggregate, restored.head().sequence() + 1);
        return aggregate;
    }

    /** Takes a snapshot of an aggregate that was just read from so many events on, if there were many. */
    void takeAfterReading(EventSourcedAggregate<T> aggregate, long from) {
        Decision decision = engine.currentDecision();
        String stream = aggregate.identifierAsString();
        StreamTail tail = decision == null ? null : decision.tailOf(stream);
        if (tail != null && snapshots.isDueAfterReading(tail.head().sequence() + 1 - from)) {
            snapshots.take(stream, tail.head(), aggregate.getAggregateRoot(), null);
        }
    }

    /** Takes a snapshot after a decision, if enough was decided since the last: it rests on what is queued. */
    void takeAfterDecision(EventSourcedAggregate<T> aggregate, StreamTail tail, long eventsQueued) {
        if (snapshots.isDue(eventsQueued, tail.head().sequence() + 1)) {
            snapshots.take(tail.stream(), tail.head(), aggregate.getAggregateRoot(), tail.lastQueued());
        }
    }
}
