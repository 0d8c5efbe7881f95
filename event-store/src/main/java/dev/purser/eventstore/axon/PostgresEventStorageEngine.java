package dev.purser.eventstore.axon;

import dev.purser.eventstore.append.AppendIntake;
import dev.purser.eventstore.append.InFlight;
import dev.purser.eventstore.append.StreamHead;
import dev.purser.eventstore.append.StreamTail;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.log.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Axon's storage of events on the ledger. Appending encodes, hashes and, when the unit of work commits, queues; the
 * writer stores groups of what is queued. Who waits for durability is the {@link DurableCommandBus}; outside of it, the
 * commit of the unit of work (or the call itself, if there is none) waits.
 *
 * <p>The type of aggregate is not stored: messages read back have an empty one.
 */
public final class PostgresEventStorageEngine implements EventStorageEngine {

    private static final int TRACKED_BATCH = 1_000;

    private final EventLog log;
    private final EventCodec codec;
    private final EventEncoder encoder;
    private final AppendIntake intake;
    private final InFlight inFlight;

    /** An engine that reads the log and queues to the intake. */
    public PostgresEventStorageEngine(
            EventLog log, EventCodec codec, EventEncoder encoder, AppendIntake intake, InFlight inFlight) {
        this.log = log;
        this.codec = codec;
        this.encoder = encoder;
        this.intake = intake;
        this.inFlight = inFlight;
    }

    /**
     * Fails while the ledger is overloaded. Asked before a command waits for a lock, and again when it has it: a
     * decision that cannot be queued would leave a changed aggregate behind, to be loaded anew by the next command.
     */
    void requireRoom() {
        intake.requireRoom();
    }

    /** The running unit of work's decision, whose answer the command bus gives after it is durable. */
    Decision decisionOfBus() {
        // An interceptor may have loaded something already.
        Decision current = Decision.current();
        Decision decision = current == null ? new Decision(intake, encoder).attachTo(CurrentUnitOfWork.get()) : current;
        decision.isAwaitedByBus();
        return decision;
    }

    /** The decision of the running unit of work, made if it has none yet; null outside of any. */
    @Nullable
    Decision currentDecision() {
        Decision current = Decision.current();
        if (current == null && CurrentUnitOfWork.isStarted()) {
            current = new Decision(intake, encoder).attachTo(CurrentUnitOfWork.get());
        }
        return current;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (events.isEmpty()) {
            return;
        }
        List<DomainEventMessage<?>> domainEvents = new ArrayList<>(events.size());
        events.forEach(event -> domainEvents.add(asDomainEvent(event)));
        Decision decision = currentDecision();
        boolean alone = decision == null;
        Decision target = alone || decision == null ? new Decision(intake, encoder) : decision;
        for (DomainEventMessage<?> event : domainEvents) {
            String stream = event.getAggregateIdentifier();
            if (event.getSequenceNumber() > 0 && target.tailOf(stream) == null) {
                // Published by something that did not read the stream through this engine in this unit of work.
                target.involve(readTail(stream));
            }
        }
        target.stage(domainEvents);
        if (alone) {
            target.submit();
            RuntimeException failure = target.awaitAnswerable();
            if (failure != null) {
                throw failure;
            }
        }
    }

    private static DomainEventMessage<?> asDomainEvent(EventMessage<?> event) {
        if (event instanceof DomainEventMessage<?> domainEvent) {
            return domainEvent;
        }
        return new GenericDomainEventMessage<>(
                "",
                event.getIdentifier(),
                0,
                event.getPayload(),
                event.getMetaData(),
                event.getIdentifier(),
                event.getTimestamp());
    }

    private StreamTail readTail(String stream) {
        inFlight.awaitVerdictOn(stream);
        return new StreamTail(
                stream,
                log.newestOf(stream)
                        .map(newest -> new StreamHead(newest.sequence(), newest.contentHash()))
                        .orElse(StreamHead.NONE));
    }

    @Override
    public DomainEventStream readEvents(String stream, long firstSequence) {
        inFlight.awaitVerdictOn(stream);
        return new StoredDomainEvents(log, codec, stream, firstSequence, currentDecision());
    }

    /** The events behind an event of the stream, as a state that counts up to it needs; null if the log has no such event. */
    @Nullable
    DomainEventStream readEventsBehind(String stream, StreamHead known) {
        inFlight.awaitVerdictOn(stream);
        return StoredDomainEvents.after(known, log, codec, stream, currentDecision());
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
        return Optional.empty();
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("the ledger takes its snapshots itself: of states, not of aggregates");
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String stream) {
        inFlight.awaitVerdictOn(stream);
        return log.newestOf(stream).map(StoredEvent::sequence);
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken after, boolean mayBlock) {
        long position = after == null ? 0 : after.position().orElse(0);
        return StreamSupport.stream(
                new Spliterators.AbstractSpliterator<TrackedEventMessage<?>>(
                        Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
                    private final TrackedBatches batches = new TrackedBatches(position);

                    @Override
                    public boolean tryAdvance(java.util.function.Consumer<? super TrackedEventMessage<?>> action) {
                        StoredEvent next = batches.next();
                        if (next == null) {
                            return false;
                        }
                        action.accept(new GenericTrackedDomainEventMessage<>(
                                new GlobalSequenceTrackingToken(next.position()),
                                StoredDomainEvents.message(next, codec)));
                        return true;
                    }
                },
                false);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return tokenAt(log.head());
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant instant) {
        // An event recorded at this very instant is to be tracked, so the token stands before it.
        return tokenAt(log.positionAt(instant.minusNanos(1_000)));
    }

    private static @Nullable TrackingToken tokenAt(long position) {
        return position == 0 ? null : new GlobalSequenceTrackingToken(position);
    }

    /** Reads the log forward in batches until it ends. */
    private final class TrackedBatches {
        private List<StoredEvent> batch = List.of();
        private int index;
        private long position;
        private boolean ended;

        TrackedBatches(long position) {
            this.position = position;
        }

        @Nullable
        StoredEvent next() {
            if (index == batch.size()) {
                if (ended) {
                    return null;
                }
                batch = log.after(position, TRACKED_BATCH);
                index = 0;
                ended = batch.size() < TRACKED_BATCH;
                if (batch.isEmpty()) {
                    return null;
                }
            }
            StoredEvent next = batch.get(index++);
            position = next.position();
            return next;
        }
    }
}
