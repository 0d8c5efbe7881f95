package dev.purser.projection.engine;

import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * Rebuilds read models while they are read: second tables are filled from the log, brought to the live position, compared
 * with the live ones and switched in one short transaction. One rebuild at a time, whichever process runs it; each may ask
 * how far it is. Works beside a running server and without one. Thread-safe; failures of the database are {@link
 * UncategorizedSQLException}s.
 */
public final class Rebuilds implements AutoCloseable {
    /** What the sessions that rebuild are called in the database. */
    public static final String SESSION_NAME = "purser-rebuild";

    private static final Logger log = LoggerFactory.getLogger(Rebuilds.class);
    /** The lock is free a moment after an outcome can be read, when the old tables' files are gone. */
    private static final Duration FREE_AT_LAST = Duration.ofSeconds(10);

    private static final long LOOK_AGAIN_NANOS = 20_000_000;
    private static final int MAX_OPEN_ROWS = 100_000;
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(10);

    private final DataSource connections;
    private final Map<String, Projection> projections = new LinkedHashMap<>();
    private final Rebuild.Tools tools;
    private volatile boolean stopping;
    private volatile @Nullable Thread running;

    /** @param connections fresh ones with the application's role, without a limit to how long a statement may take */
    public Rebuilds(EventLog events, EventCodec codec, DataSource connections, List<? extends Projection> projections) {
        this(events, codec, connections, projections, MAX_OPEN_ROWS);
    }

    Rebuilds(
            EventLog events,
            EventCodec codec,
            DataSource connections,
            List<? extends Projection> projections,
            int maxOpenRows) {
        this.connections = connections;
        projections.forEach(projection -> this.projections.put(projection.name(), projection));
        Stepper levelling = new Stepper(events, codec, connections, this.projections, new Progress());
        this.tools = new Rebuild.Tools(events, codec, connections, levelling, maxOpenRows);
    }

    /** The names that can be rebuilt. */
    public List<String> names() {
        return List.copyOf(projections.keySet());
    }

    /** The last rebuild, wherever it runs or ran; empty if there was none. */
    public Optional<RebuildState> state() {
        try (Connection connection = connections.getConnection()) {
            return new RebuildRecord(connection).read();
        } catch (SQLException e) {
            throw failed("state of the rebuild", e);
        }
    }

    /**
     * Begins a rebuild in the background; {@link RebuildRefused} when one is under way. What an earlier one left behind is
     * dropped.
     */
    public void start(Collection<String> names, OnDifference onDifference) {
        List<Projection> chosen = chosen(names);
        Held held = hold();
        UUID id = UUID.randomUUID();
        try {
            held.record.begin(id, names, onDifference);
            new SecondTables(held.connection).drop(projections.values());
        } catch (SQLException | RuntimeException e) {
            held.close();
            throw e instanceof SQLException sql ? failed("begin of a rebuild", sql) : (RuntimeException) e;
        }
        running = Thread.ofPlatform().name("rebuild").start(() -> run(held, id, chosen, onDifference));
    }

    /** Rebuilds and returns when it is over. */
    public RebuildState run(Collection<String> names, OnDifference onDifference) throws InterruptedException {
        start(names, onDifference);
        Thread thread = running;
        if (thread != null) {
            thread.join();
        }
        return state().orElseThrow();
    }

    /** Switches to tables that were kept because they differ; {@link RebuildRefused} when there are none. */
    public RebuildState switchToKept() {
        try (Held held = hold()) {
            RebuildState kept = kept(held);
            UUID id = held.record.id().orElseThrow();
            RebuildProgress progress = new RebuildProgress(held.connection, id);
            try {
                new Rebuild(tools, id, chosen(kept.projections()), progress).switchTables();
            } catch (SQLException | RuntimeException | InterruptedException e) {
                progress.end();
                held.record.finish(id, RebuildPhase.DIFFERS, String.valueOf(e));
                throw e;
            } finally {
                progress.end();
            }
            return held.record.read().orElseThrow();
        } catch (SQLException e) {
            throw failed("switch to rebuilt tables", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while switching to rebuilt tables", e);
        }
    }

    /** Drops tables that were kept; {@link RebuildRefused} when there are none. */
    public RebuildState discardKept() {
        try (Held held = hold()) {
            kept(held);
            new SecondTables(held.connection).drop(projections.values());
            held.record.finish(held.record.id().orElseThrow(), RebuildPhase.DISCARDED, null);
            return held.record.read().orElseThrow();
        } catch (SQLException e) {
            throw failed("discarding of rebuilt tables", e);
        }
    }

    /** Ends a rebuild that runs here; its tables are dropped by the next one. */
    @Override
    public void close() {
        stopping = true;
        Thread thread = running;
        try {
            if (thread != null && !thread.join(STOP_AT_MOST)) {
                log.warn("the rebuild has not stopped within {}", STOP_AT_MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Held held, UUID id, List<Projection> chosen, OnDifference onDifference) {
        RebuildProgress progress = new RebuildProgress(held.connection, id);
        try (held) {
            try {
                Rebuild rebuild = new Rebuild(tools, id, chosen, progress);
                List<TableComparison> found = rebuild.fillAndCompare(() -> stopping || progress.isLost());
                held.record.compared(found);
                boolean equal = found.stream().allMatch(TableComparison::isEqual);
                if (equal || onDifference == OnDifference.SWITCH) {
                    rebuild.switchTables();
                } else {
                    progress.end();
                    held.record.finish(id, RebuildPhase.DIFFERS, null);
                }
                log.info("the rebuild of {} is over: {}", names(chosen), equal ? "equal" : found);
            } catch (SQLException | RuntimeException | InterruptedException e) {
                log.error("the rebuild of {} failed", names(chosen), e);
                progress.end();
                held.record.finish(id, RebuildPhase.FAILED, String.valueOf(e));
            }
        } catch (SQLException e) {
            log.error("the end of the rebuild could not be noted", e);
        } finally {
            progress.end();
        }
    }

    private static List<String> names(List<Projection> chosen) {
        return chosen.stream().map(Projection::name).toList();
    }

    private List<Projection> chosen(Collection<String> names) {
        return names.stream().distinct().map(this::projection).toList();
    }

    private Projection projection(String name) {
        Projection projection = projections.get(name);
        if (projection == null) {
            throw new IllegalArgumentException("no projection is named " + name);
        }
        return projection;
    }

    private RebuildState kept(Held held) throws SQLException {
        return held.record
                .read()
                .filter(state -> state.phase() == RebuildPhase.DIFFERS)
                .orElseThrow(() -> new RebuildRefused(RebuildRefused.Reason.NOTHING_KEPT));
    }

    /** A session that holds the lock of rebuilds. */
    private static final class Held implements AutoCloseable {
        final Connection connection;
        final RebuildRecord record;

        Held(Connection connection) {
            this.connection = connection;
            this.record = new RebuildRecord(connection);
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("the lock was lost before", e);
            }
        }
    }

    private Held hold() {
        try {
            Held held = new Held(connections.getConnection());
            long deadline = System.nanoTime() + FREE_AT_LAST.toNanos();
            while (!held.record.tryLock()) {
                boolean isUnderWay =
                        held.record.read().map(RebuildState::isUnderWay).orElse(true);
                if (isUnderWay || System.nanoTime() > deadline) {
                    held.close();
                    throw new RebuildRefused(RebuildRefused.Reason.UNDER_WAY);
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
            return held;
        } catch (SQLException e) {
            throw failed("lock of the rebuilds", e);
        }
    }

    private static UncategorizedSQLException failed(String task, SQLException cause) {
        return new UncategorizedSQLException(task, null, cause);
    }
}
