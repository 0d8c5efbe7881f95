package dev.purser.projection.engine;

import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves projections forward by one batch at a time. Any number of nodes may step at once: the lock on the positions'
 * rows lets one of them write, the others find that it is done.
 */
final class Stepper {
    private static final Logger log = LoggerFactory.getLogger(Stepper.class);
    private static final int BATCH_SIZE = 1_000;
    private static final int ATTEMPTS = 3;
    private static final long RETRY_PAUSE_MILLIS = 50;

    private final EventLog events;
    private final EventCodec codec;
    private final DataSource dataSource;
    private final Map<String, Projection> projections;
    private final Progress progress;
    // What is known here and what is stored must change together, or a reset could be forgotten.
    private final ReentrantLock stepping = new ReentrantLock();

    Stepper(
            EventLog events,
            EventCodec codec,
            DataSource dataSource,
            Map<String, Projection> projections,
            Progress progress) {
        this.events = events;
        this.codec = codec;
        this.dataSource = dataSource;
        this.projections = projections;
        this.progress = progress;
    }

    void register() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Positions.register(connection, projections.keySet());
            progress.learnParked(DeadLetters.streams(connection));
            progress.learn(Positions.read(connection, projections.keySet()));
        }
    }

    /** Gives every projection its next events, at most one batch; false if there were none. */
    boolean round() throws SQLException, InterruptedException {
        boolean moved = false;
        // Projections at the same position share a batch; one that is replayed catches up beside the others.
        Map<Long, List<String>> byPosition = progress.positions().entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, TreeMap::new, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        for (Map.Entry<Long, List<String>> group : byPosition.entrySet()) {
            moved |= step(group.getKey(), group.getValue());
        }
        return moved;
    }

    private boolean step(long from, List<String> names) throws SQLException, InterruptedException {
        Batch batch = Batch.of(from, events.after(from, BATCH_SIZE), codec);
        if (batch.isEmpty()) {
            return false;
        }
        for (int attempt = 1; ; attempt++) {
            boolean carefully = attempt > ATTEMPTS;
            try {
                write(batch, names, carefully);
                return true;
            } catch (SQLException | RuntimeException e) {
                if (carefully || Failures.passes(e)) {
                    throw e;
                }
                log.warn("positions {} to {} failed, attempt {}", from + 1, batch.to(), attempt, e);
                Thread.sleep(RETRY_PAUSE_MILLIS * attempt);
            }
        }
    }

    private void write(Batch batch, List<String> names, boolean carefully) throws SQLException {
        stepping.lock();
        try (Connection connection = dataSource.getConnection()) {
            progress.learn(inTransaction(connection, () -> {
                Map<String, Long> stored = Positions.lock(connection, names);
                if (stored.values().stream().anyMatch(position -> position != batch.from())) {
                    return stored;
                }
                List<Projection> group = projections.values().stream()
                        .filter(projection -> stored.containsKey(projection.name()))
                        .toList();
                new BatchWriter(connection, batch).write(group, carefully);
                progress.learnParked(DeadLetters.streams(connection));
                Positions.save(connection, names, batch.to());
                return names.stream().collect(Collectors.toMap(name -> name, _ -> batch.to()));
            }));
        } finally {
            stepping.unlock();
        }
    }

    /** Empties the projections' tables and sends them back to the beginning. */
    void reset(List<String> names) throws SQLException {
        List<String> tables = names.stream()
                .flatMap(name -> projection(name).tables().stream())
                .toList();
        stepping.lock();
        try (Connection connection = dataSource.getConnection()) {
            progress.learn(inTransaction(connection, () -> {
                Positions.lock(connection, names);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("truncate " + String.join(", ", tables));
                }
                DeadLetters.clear(connection, names);
                progress.learnParked(DeadLetters.streams(connection));
                Positions.save(connection, names, 0);
                return names.stream().collect(Collectors.toMap(name -> name, _ -> 0L));
            }));
        } finally {
            stepping.unlock();
        }
    }

    private Projection projection(String name) {
        Projection projection = projections.get(name);
        if (projection == null) {
            throw new IllegalArgumentException("no projection is named " + name);
        }
        return projection;
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException rollbackFailed) {
                e.addSuppressed(rollbackFailed);
            }
            throw e;
        } finally {
            restoreAutoCommit(connection);
        }
    }

    // A broken connection must not hide what broke it.
    private static void restoreAutoCommit(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            log.debug("a connection is given back broken", e);
        }
    }
}
