package dev.purser.eventstore.axon;

import dev.purser.eventstore.LedgerUnavailable;
import dev.purser.eventstore.append.StreamHead;
import dev.purser.eventstore.append.StreamTail;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.codec.UnknownEventType;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.log.StoredEvent;
import java.util.List;
import java.util.NoSuchElementException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.jspecify.annotations.Nullable;

/**
 * The events of a stream, read page by page so that a long one needs no more memory than a short one. At its end the
 * running decision learns where the stream ends: that is the state which the decision rests on.
 */
final class StoredDomainEvents implements DomainEventStream {

    private static final int PAGE = 1_000;

    private final EventLog log;
    private final EventCodec codec;
    private final String stream;
    private final @Nullable Decision decision;
    private List<StoredEvent> page;
    private int index;
    private StreamHead head = StreamHead.NONE;

    StoredDomainEvents(EventLog log, EventCodec codec, String stream, long firstSequence, @Nullable Decision decision) {
        this.log = log;
        this.codec = codec;
        this.stream = stream;
        this.decision = decision;
        this.page = log.stream(stream, firstSequence, PAGE);
        if (page.isEmpty() && firstSequence == 0) {
            ended();
        }
    }

    /** The events behind an event of the stream; null if the log does not have that very event. */
    static @Nullable StoredDomainEvents after(
            StreamHead known, EventLog log, EventCodec codec, String stream, @Nullable Decision decision) {
        StoredDomainEvents events = new StoredDomainEvents(log, codec, stream, known.sequence(), decision);
        return events.skip(known) ? events : null;
    }

    private boolean skip(StreamHead known) {
        if (!hasNext() || !headOf(current()).isSameAs(known)) {
            return false;
        }
        advance();
        return true;
    }

    static DomainEventMessage<?> message(StoredEvent event, EventCodec codec) {
        return new GenericDomainEventMessage<>(
                "",
                event.stream(),
                event.sequence(),
                event.decode(codec),
                event.metadataMap(),
                event.eventId().toString(),
                event.occurredAt());
    }

    @Override
    public boolean hasNext() {
        return index < page.size();
    }

    @Override
    public DomainEventMessage<?> peek() {
        return decoded(current());
    }

    @Override
    public DomainEventMessage<?> next() {
        StoredEvent event = current();
        advance();
        return decoded(event);
    }

    private DomainEventMessage<?> decoded(StoredEvent event) {
        try {
            return message(event, codec);
        } catch (UnknownEventType e) {
            throw new LedgerUnavailable(
                    "stream " + stream + " cannot be loaded: its event number " + event.sequence() + " ("
                            + event.type() + ", revision " + event.revision()
                            + ") was written by a newer version of this software",
                    e);
        }
    }

    private void advance() {
        StoredEvent event = current();
        if (head.sequence() >= 0 && event.sequence() != head.sequence() + 1) {
            throw new IllegalStateException("stream " + stream + " has number " + event.sequence() + " after number "
                    + head.sequence() + ": the log is damaged");
        }
        head = headOf(event);
        index++;
        if (index == page.size()) {
            if (page.size() == PAGE) {
                page = log.stream(stream, event.sequence() + 1, PAGE);
                index = 0;
            }
            if (!hasNext()) {
                ended();
            }
        }
    }

    private static StreamHead headOf(StoredEvent event) {
        return new StreamHead(event.sequence(), event.contentHash());
    }

    @Override
    public @Nullable Long getLastSequenceNumber() {
        return head.sequence() < 0 ? null : head.sequence();
    }

    private StoredEvent current() {
        if (!hasNext()) {
            throw new NoSuchElementException("stream " + stream + " has no event after " + head.sequence());
        }
        return page.get(index);
    }

    private void ended() {
        if (decision != null) {
            decision.involve(new StreamTail(stream, head));
        }
    }
}
