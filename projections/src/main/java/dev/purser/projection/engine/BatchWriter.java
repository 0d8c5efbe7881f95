package dev.purser.projection.engine;

import dev.purser.projection.table.LiveRows;
import dev.purser.projection.table.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one batch for some projections in the connection's transaction. */
final class BatchWriter {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

    private static final String WAITS = "waits behind an earlier event of its sequence";

    private final Connection connection;
    private final LiveRows rows;
    private final DeadLetters deadLetters;
    private final Map<String, Map<String, Long>> parked;

    /** @param anythingIsParked whether there are dead letters to be kept in mind */
    BatchWriter(Connection connection, Place place, boolean anythingIsParked) throws SQLException {
        this.connection = connection;
        this.rows = new LiveRows(connection, place);
        this.deadLetters = new DeadLetters(connection, place);
        this.parked = anythingIsParked ? deadLetters.firstByKey() : new HashMap<>();
    }

    /** Gives every event to the projection, or fails as a whole; {@code carefully}: parks those that fail instead. */
    void write(Projection projection, Batch batch, boolean carefully) throws SQLException {
        for (Batch.Unreadable event : batch.unreadable()) {
            park(projection, event.position(), event.stream(), event.stream(), event.error());
        }
        if (carefully) {
            applyCarefully(projection, batch.events());
            return;
        }
        List<ProjectedEvent> free = withoutWaiting(projection, batch.events());
        if (!free.isEmpty()) {
            projection.apply(rows, free);
        }
    }

    boolean anythingIsParked() {
        return !parked.isEmpty();
    }

    /** Halves the events until the failing ones stand alone; those are parked. */
    private void applyCarefully(Projection projection, List<ProjectedEvent> events) throws SQLException {
        List<ProjectedEvent> free = withoutWaiting(projection, events);
        if (free.isEmpty()) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            projection.apply(rows, free);
            connection.releaseSavepoint(before);
            return;
        } catch (SQLException | RuntimeException e) {
            if (Failures.passes(e)) {
                throw e;
            }
            connection.rollback(before);
            if (free.size() == 1) {
                ProjectedEvent event = free.getFirst();
                park(projection, event.position(), event.stream(), projection.sequenceKey(event), String.valueOf(e));
                return;
            }
        }
        int middle = free.size() / 2;
        applyCarefully(projection, free.subList(0, middle));
        applyCarefully(projection, free.subList(middle, free.size()));
    }

    /** Events behind a parked one of their sequence are parked too: order within it is never given up. */
    private List<ProjectedEvent> withoutWaiting(Projection projection, List<ProjectedEvent> events)
            throws SQLException {
        Map<String, Long> keys = parked.get(projection.name());
        if (keys == null) {
            return events;
        }
        List<ProjectedEvent> free = new ArrayList<>(events.size());
        for (ProjectedEvent event : events) {
            String key = projection.sequenceKey(event);
            // Of an event that could not be decoded only the stream is known.
            if (isBehind(keys.get(key), event) || isBehind(keys.get(event.stream()), event)) {
                keys.merge(key, event.position(), Math::min);
                deadLetters.park(projection.name(), event.position(), event.stream(), key, WAITS);
            } else {
                free.add(event);
            }
        }
        return free;
    }

    private static boolean isBehind(@Nullable Long first, ProjectedEvent event) {
        return first != null && event.position() > first;
    }

    private void park(Projection projection, long position, String stream, String key, String error)
            throws SQLException {
        log.error("projection {} parks event {} of {}: {}", projection.name(), position, stream, error);
        parked.computeIfAbsent(projection.name(), _ -> new HashMap<>()).merge(key, position, Math::min);
        deadLetters.park(projection.name(), position, stream, key, error);
    }
}
