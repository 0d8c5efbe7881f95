package dev.purser.eventstore.axon;

import dev.purser.eventstore.LedgerUnavailable;
import dev.purser.eventstore.append.StreamTail;
import dev.purser.eventstore.axon.AggregateCache.Cached;
import dev.purser.eventstore.log.UncheckedSqlException;
import java.util.concurrent.Callable;
import org.axonframework.eventsourcing.AggregateDeletedException;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.jspecify.annotations.Nullable;

/**
 * Loads aggregates from the cache or, where it has none to be relied upon, from their events. The state handed out may be
 * ahead of the disk; whoever answers by it waits for what it rests on (see {@link DurableCommandBus}).
 */
public final class LedgerRepository<T> extends EventSourcingRepository<T> {

    private final AggregateCache cache;
    private final PostgresEventStorageEngine engine;
    private final @Nullable SnapshotLoading<T> snapshots;

    /** A repository built from Axon's own builder, with the ledger's cache; null: these aggregates have no snapshots. */
    public LedgerRepository(
            EventSourcingRepository.Builder<T> builder,
            AggregateCache cache,
            PostgresEventStorageEngine engine,
            @Nullable SnapshotLoading<T> snapshots) {
        super(builder);
        this.cache = cache;
        this.engine = engine;
        this.snapshots = snapshots;
    }

    @Override
    protected EventSourcedAggregate<T> doLoadWithLock(String stream, @Nullable Long expectedVersion) {
        engine.requireRoom();
        Decision decision = runningDecision();
        long generation = cache.generation();
        Cached<T> cached = cache.get(stream);
        EventSourcedAggregate<T> aggregate;
        if (cached == null) {
            aggregate = read(stream, expectedVersion);
        } else {
            aggregate = cached.aggregate();
            decision.involve(cached.tail());
            if (aggregate.isDeleted()) {
                throw new AggregateDeletedException(stream);
            }
        }
        keepAfterwards(decision, aggregate, generation);
        return aggregate;
    }

    private EventSourcedAggregate<T> read(String stream, @Nullable Long expectedVersion) {
        try {
            return readFromLog(stream, expectedVersion);
        } catch (UncheckedSqlException e) {
            throw new LedgerUnavailable("stream " + stream + " cannot be read: " + e.getCause(), e);
        }
    }

    private EventSourcedAggregate<T> readFromLog(String stream, @Nullable Long expectedVersion) {
        if (snapshots == null) {
            return super.doLoadWithLock(stream, expectedVersion);
        }
        EventSourcedAggregate<T> aggregate = snapshots.load(stream, aggregateModel());
        if (aggregate == null) {
            aggregate = super.doLoadWithLock(stream, expectedVersion);
            snapshots.takeAfterReading(aggregate, 0);
        }
        return aggregate;
    }

    @Override
    protected EventSourcedAggregate<T> doCreateNewForLock(Callable<T> factoryMethod) throws Exception {
        Decision decision = runningDecision();
        long generation = cache.generation();
        EventSourcedAggregate<T> aggregate = super.doCreateNewForLock(factoryMethod);
        keepAfterwards(decision, aggregate, generation);
        return aggregate;
    }

    private Decision runningDecision() {
        Decision decision = engine.currentDecision();
        if (decision == null) {
            throw new IllegalStateException("aggregates are loaded within a unit of work only");
        }
        return decision;
    }

    /**
     * Keeps the aggregate if, however the unit of work ended, its state is what is stored or queued. A refused command
     * leaves it so, unless events were applied before the refusal.
     */
    private void keepAfterwards(Decision decision, EventSourcedAggregate<T> aggregate, long generation) {
        decision.onOutcome(ended -> {
            String stream = aggregate.identifierAsString();
            if (stream == null) {
                return;
            }
            StreamTail tail = ended.tailOf(stream);
            Long version = aggregate.version();
            long sequence = version == null ? -1 : version;
            if (tail != null && sequence >= 0 && sequence == tail.head().sequence()) {
                cache.put(stream, aggregate, tail, generation);
                if (snapshots != null) {
                    snapshots.takeAfterDecision(aggregate, tail, ended.eventsQueuedFor(stream));
                }
            } else {
                cache.remove(stream);
            }
        });
    }
}
