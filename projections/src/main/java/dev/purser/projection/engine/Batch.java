package dev.purser.projection.engine;

import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Some events of the log, decoded.
 *
 * @param from the position before the first one
 * @param to the position of the last one
 * @param unreadable those that could not be decoded
 */
record Batch(long from, long to, List<ProjectedEvent> events, List<Unreadable> unreadable) {
    record Unreadable(long position, String stream, String error) {}

    static Batch of(long from, List<StoredEvent> stored, EventCodec codec) {
        List<ProjectedEvent> events = new ArrayList<>(stored.size());
        List<Unreadable> unreadable = new ArrayList<>();
        for (StoredEvent event : stored) {
            try {
                events.add(new ProjectedEvent(
                        event.position(), event.stream(), event.eventId(), event.recordedAt(), event.decode(codec)));
            } catch (RuntimeException e) {
                unreadable.add(new Unreadable(event.position(), event.stream(), String.valueOf(e)));
            }
        }
        long to = stored.isEmpty() ? from : stored.getLast().position();
        return new Batch(from, to, events, unreadable);
    }

    boolean isEmpty() {
        return events.isEmpty() && unreadable.isEmpty();
    }
}
