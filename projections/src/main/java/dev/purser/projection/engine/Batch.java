package dev.purser.projection.engine;

import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.codec.UnknownEventType;
import dev.purser.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some events of the log, decoded.
 *
 * @param from the position before the first one
 * @param to the position of the last one
 * @param unreadable those that could not be decoded
 * @param foreign what a newer version wrote right behind them, or null; nothing from there on is in the batch
 */
record Batch(
        long from,
        long to,
        List<ProjectedEvent> events,
        List<Unreadable> unreadable,
        @Nullable String foreign) {
    record Unreadable(long position, String stream, String error) {}

    static Batch of(long from, List<StoredEvent> stored, EventCodec codec) {
        List<ProjectedEvent> events = new ArrayList<>(stored.size());
        List<Unreadable> unreadable = new ArrayList<>();
        long to = from;
        for (StoredEvent event : stored) {
            try {
                events.add(new ProjectedEvent(
                        event.position(), event.stream(), event.eventId(), event.recordedAt(), event.decode(codec)));
            } catch (UnknownEventType e) {
                return new Batch(from, to, events, unreadable, event + ": " + e.getMessage());
            } catch (RuntimeException e) {
                unreadable.add(new Unreadable(event.position(), event.stream(), String.valueOf(e)));
            }
            to = event.position();
        }
        return new Batch(from, to, events, unreadable, null);
    }

    boolean isEmpty() {
        return to == from;
    }

    long size() {
        return to - from;
    }

    /** The same events as each of the projection's segments sees them, by its number. */
    List<Batch> split(Projection projection) {
        List<Batch> parts = new ArrayList<>();
        for (int number = 0; number < projection.segments(); number++) {
            parts.add(new Batch(from, to, new ArrayList<>(), new ArrayList<>(), foreign));
        }
        for (ProjectedEvent event : events) {
            parts.get(Segment.numberOf(projection, event)).events.add(event);
        }
        for (Unreadable event : unreadable) {
            parts.get(Segment.numberOf(projection, event.stream())).unreadable.add(event);
        }
        return parts;
    }
}
