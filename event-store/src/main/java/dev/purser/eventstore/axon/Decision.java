package dev.purser.eventstore.axon;

import dev.purser.eventstore.append.Append;
import dev.purser.eventstore.append.AppendIntake;
import dev.purser.eventstore.append.QueuedEvent;
import dev.purser.eventstore.append.StreamHead;
import dev.purser.eventstore.append.StreamPart;
import dev.purser.eventstore.append.StreamTail;
import dev.purser.eventstore.inline.InlineChanges;
import dev.purser.eventstore.inline.InlineRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.ExecutionResult;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * What one unit of work reads and decides: the tails of the streams it involves, the events and rows it wants stored,
 * and what its answer rests on. Everything is queued as one append when the unit of work commits, while the locks of all
 * its aggregates are held. Used by one thread.
 */
final class Decision {

    private static final String RESOURCE = Decision.class.getName();
    private static final int MOST_EVENTS = 1_000;
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final AppendIntake intake;
    private final EventEncoder encoder;
    private final Map<String, Involved> streams = new LinkedHashMap<>();
    private final List<InlineRow> rows = new ArrayList<>();
    private final List<CacheUpdate> cacheUpdates = new ArrayList<>();
    private boolean awaitedByBus;
    private MetaData command = MetaData.emptyInstance();
    private int eventCount;
    private @Nullable Append append;

    Decision(AppendIntake intake, EventEncoder encoder) {
        this.intake = intake;
        this.encoder = encoder;
    }

    /** Leaves the waiting for durability to the command bus, after the locks are released. */
    void isAwaitedByBus() {
        awaitedByBus = true;
    }

    /** A stream that the decision read or writes. */
    private static final class Involved {
        private final StreamTail tail;
        private final @Nullable Append restsOn;
        private final List<QueuedEvent> events = new ArrayList<>(2);
        private StreamHead head;

        Involved(StreamTail tail) {
            this.tail = tail;
            this.restsOn = tail.lastQueued();
            this.head = tail.head();
        }
    }

    /** Keeps or drops a cached aggregate once it is known how the unit of work ended. */
    @FunctionalInterface
    interface CacheUpdate {
        void afterwards(Decision decision);
    }

    /** The decision of the running unit of work, if it has one. */
    static @Nullable Decision current() {
        return CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get().root().getResource(RESOURCE) : null;
    }

    /** Ties the decision to a unit of work: it is queued, kept or dropped with it. */
    Decision attachTo(UnitOfWork<?> anyUnitOfWork) {
        UnitOfWork<?> root = anyUnitOfWork.root();
        root.resources().put(RESOURCE, this);
        Message<?> message = root.getMessage();
        if (message instanceof CommandMessage<?> commandMessage) {
            command = commandMessage.getMetaData();
        }
        root.onCommit(this::submit);
        root.afterCommit(unitOfWork -> updateCaches());
        root.onRollback(unitOfWork -> updateCaches());
        return this;
    }

    /** Remembers a stream that was read, up to its tail. */
    void involve(StreamTail tail) {
        streams.computeIfAbsent(tail.stream(), ignored -> new Involved(tail));
    }

    @Nullable
    StreamTail tailOf(String stream) {
        Involved involved = streams.get(stream);
        return involved == null ? null : involved.tail;
    }

    /** The sequence of the last event that is stored, queued or decided in memory; -1 if there is none. */
    long sequenceOf(String stream) {
        Involved involved = streams.get(stream);
        return involved == null ? -1 : involved.tail.head().sequence();
    }

    /** How many events this decision queued for the stream. */
    int eventsQueuedFor(String stream) {
        Involved involved = streams.get(stream);
        return append == null || involved == null ? 0 : involved.events.size();
    }

    void onOutcome(CacheUpdate update) {
        cacheUpdates.add(update);
    }

    /** Encodes events and chains them to their streams; nothing is queued yet. */
    void stage(List<? extends DomainEventMessage<?>> events) {
        eventCount += events.size();
        if (eventCount > MOST_EVENTS) {
            throw new IllegalArgumentException("one command made more than " + MOST_EVENTS + " events");
        }
        Instant occurredAt = encoder.now();
        for (DomainEventMessage<?> event : events) {
            String stream = event.getAggregateIdentifier();
            Involved involved =
                    streams.computeIfAbsent(stream, id -> new Involved(new StreamTail(id, StreamHead.NONE)));
            if (event.getSequenceNumber() != involved.head.sequence() + 1) {
                throw new ConcurrencyException("event number " + event.getSequenceNumber() + " of stream " + stream
                        + " does not follow number " + involved.head.sequence());
            }
            QueuedEvent queued = encoder.encode(event, involved.head, occurredAt, command, rows::add);
            involved.events.add(queued);
            involved.head = new StreamHead(queued.sequence(), queued.contentHash());
        }
    }

    /** Queues everything as one append, or fails and queues nothing. The last of the unit of work's commit handlers. */
    private void submit(UnitOfWork<?> root) {
        ExecutionResult result = root.getExecutionResult();
        if (result != null && !result.isExceptionResult()) {
            rows.addAll(CommandMetadata.rows(command, result.getResult().getPayload()));
        }
        submit();
        if (!awaitedByBus) {
            RuntimeException failure = awaitAnswerable();
            if (failure != null) {
                throw failure;
            }
        }
    }

    void submit() {
        if (eventCount == 0 && rows.isEmpty()) {
            return;
        }
        InlineChanges.requireConsistent(rows);
        List<StreamPart> parts = new ArrayList<>(streams.size());
        for (Involved involved : streams.values()) {
            parts.add(new StreamPart(involved.tail, involved.tail.head(), List.copyOf(involved.events)));
        }
        Append queued = new Append(parts, List.copyOf(rows));
        if (queued.bytes() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "one command wants to store " + queued.bytes() + " bytes, at most " + MOST_BYTES + " are allowed");
        }
        intake.submit(queued);
        append = queued;
    }

    private void updateCaches() {
        cacheUpdates.forEach(update -> update.afterwards(this));
    }

    /**
     * Waits until everything the answer rests on has its verdict: the decision's own append, or where it stored nothing
     * the last append queued for every stream it read. Null when all of it is durable, else what is not.
     */
    @Nullable
    RuntimeException awaitAnswerable() {
        Append own = append;
        if (own != null) {
            return own.awaitVerdict();
        }
        for (Involved involved : streams.values()) {
            if (involved.restsOn != null && involved.restsOn.awaitVerdict() != null) {
                return new ConcurrencyException("the state of stream " + involved.tail.stream()
                        + " that this decision rests on was not stored");
            }
        }
        return null;
    }
}
