package dev.purser.eventstore.axon;

import dev.purser.eventstore.append.StreamTail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.jspecify.annotations.Nullable;

/**
 * Loaded aggregates with the tails of their streams, strongly held, the most recently used ones, about so many in all.
 * An entry whose tail is poisoned, or that is older than the last {@link #discardAll()}, is never handed out.
 */
public final class AggregateCache {

    private static final int SEGMENTS = 16;

    private final List<Segment> segments = new ArrayList<>(SEGMENTS);
    private final AtomicLong generation = new AtomicLong();

    private record Slot(EventSourcedAggregate<?> aggregate, StreamTail tail, long generation) {}

    /** A loaded aggregate and where its stream ends in memory. */
    record Cached<T>(EventSourcedAggregate<T> aggregate, StreamTail tail) {}

    /** A cache for about so many aggregates. */
    public AggregateCache(int most) {
        int perSegment = Math.max(1, most / SEGMENTS);
        for (int i = 0; i < SEGMENTS; i++) {
            segments.add(new Segment(perSegment));
        }
    }

    /** The aggregate of a stream if its state can be relied upon. Called under the aggregate's lock. */
    @SuppressWarnings("unchecked") // a stream belongs to one aggregate type
    <T> @Nullable Cached<T> get(String stream) {
        Slot entry = segment(stream).get(stream);
        if (entry == null) {
            return null;
        }
        if (entry.tail.isPoisoned() || entry.generation != generation.get()) {
            remove(stream);
            return null;
        }
        return new Cached<>((EventSourcedAggregate<T>) entry.aggregate, entry.tail);
    }

    /** The number to be given to {@link #put}: taken before the state is read. */
    long generation() {
        return generation.get();
    }

    void put(String stream, EventSourcedAggregate<?> aggregate, StreamTail tail, long readIn) {
        segment(stream).put(stream, new Slot(aggregate, tail, readIn));
    }

    void remove(String stream) {
        segment(stream).remove(stream);
    }

    /** Lets no entry be used any more: somebody else wrote to the log. */
    public void discardAll() {
        generation.incrementAndGet();
        segments.forEach(Segment::clear);
    }

    private Segment segment(String stream) {
        int hash = stream.hashCode();
        return segments.get((hash ^ (hash >>> 16)) & (SEGMENTS - 1));
    }

    /** One part of the cache; its methods hold the monitor for some ten nanoseconds. */
    private static final class Segment {

        private final LinkedHashMap<String, Slot> entries;

        Segment(int most) {
            entries = new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Slot> eldest) {
                    return size() > most;
                }
            };
        }

        synchronized @Nullable Slot get(String stream) {
            return entries.get(stream);
        }

        synchronized void put(String stream, Slot entry) {
            entries.put(stream, entry);
        }

        synchronized void remove(String stream) {
            entries.remove(stream);
        }

        synchronized void clear() {
            entries.clear();
        }
    }
}
