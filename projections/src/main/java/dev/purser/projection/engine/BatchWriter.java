package dev.purser.projection.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one batch for some projections in the connection's transaction. */
final class BatchWriter {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

    private static final String WAITS = "waits behind an earlier event of its stream";

    private final Connection connection;
    private final Batch batch;
    private final Map<String, Map<String, Long>> parked;

    BatchWriter(Connection connection, Batch batch) throws SQLException {
        this.connection = connection;
        this.batch = batch;
        this.parked = DeadLetters.firstByStream(connection);
    }

    /** Gives every event to every projection, or fails as a whole; {@code carefully}: parks those that fail instead. */
    void write(List<Projection> projections, boolean carefully) throws SQLException {
        for (Projection projection : projections) {
            for (Batch.Unreadable event : batch.unreadable()) {
                park(projection, event.position(), event.stream(), event.error());
            }
            if (carefully) {
                applyCarefully(projection, batch.events());
            } else {
                List<ProjectedEvent> free = withoutParkedStreams(projection, batch.events());
                if (!free.isEmpty()) {
                    projection.apply(connection, free);
                }
            }
        }
    }

    /** Halves the events until the failing ones stand alone; those are parked. */
    private void applyCarefully(Projection projection, List<ProjectedEvent> events) throws SQLException {
        List<ProjectedEvent> free = withoutParkedStreams(projection, events);
        if (free.isEmpty()) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            projection.apply(connection, free);
            connection.releaseSavepoint(before);
            return;
        } catch (SQLException | RuntimeException e) {
            if (Failures.passes(e)) {
                throw e;
            }
            connection.rollback(before);
            if (free.size() == 1) {
                ProjectedEvent event = free.getFirst();
                park(projection, event.position(), event.stream(), String.valueOf(e));
                return;
            }
        }
        int middle = free.size() / 2;
        applyCarefully(projection, free.subList(0, middle));
        applyCarefully(projection, free.subList(middle, free.size()));
    }

    /** Events behind a parked one of their stream are parked too: order within a stream is never given up. */
    private List<ProjectedEvent> withoutParkedStreams(Projection projection, List<ProjectedEvent> events)
            throws SQLException {
        Map<String, Long> streams = parked.get(projection.name());
        if (streams == null) {
            return events;
        }
        List<ProjectedEvent> free = new ArrayList<>(events.size());
        for (ProjectedEvent event : events) {
            Long first = streams.get(event.stream());
            if (first != null && event.position() > first) {
                DeadLetters.park(connection, projection.name(), event.position(), event.stream(), WAITS);
            } else {
                free.add(event);
            }
        }
        return free;
    }

    private void park(Projection projection, long position, String stream, String error) throws SQLException {
        log.error("projection {} parks event {} of {}: {}", projection.name(), position, stream, error);
        parked.computeIfAbsent(projection.name(), _ -> new HashMap<>()).merge(stream, position, Math::min);
        DeadLetters.park(connection, projection.name(), position, stream, error);
    }
}
