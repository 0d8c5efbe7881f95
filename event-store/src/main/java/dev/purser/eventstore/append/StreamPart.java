package dev.purser.eventstore.append;

import java.util.List;

/**
 * One stream of an append: the head that the decision was made on, and the events to follow it. No events: the
 * decision only read the stream, and must fail if what it read is not what is stored.
 */
public record StreamPart(StreamTail tail, StreamHead expected, List<QueuedEvent> events) {

    /** The stream's id. */
    public String stream() {
        return tail.stream();
    }

    /** The stream's head once the events are stored. */
    public StreamHead headAfter() {
        if (events.isEmpty()) {
            return expected;
        }
        QueuedEvent last = events.getLast();
        return new StreamHead(last.sequence(), last.contentHash());
    }
}
