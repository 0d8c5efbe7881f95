package dev.purser.eventstore.axon;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;

/**
 * Axon's embedded event store, except that it wakes tailing readers when events are durable and not when a unit of work
 * commits, which is before that.
 */
public final class LedgerEventStore extends EmbeddedEventStore {

    /** An event store on the engine. */
    public LedgerEventStore(PostgresEventStorageEngine engine) {
        super(EmbeddedEventStore.builder().storageEngine(engine));
    }

    @Override
    protected void afterCommit(List<? extends EventMessage<?>> events) {
        // Nothing is durable yet.
    }

    /** Wakes tailing readers; called after every flush. */
    public void wakeTailingReaders() {
        super.afterCommit(List.of());
    }
}
