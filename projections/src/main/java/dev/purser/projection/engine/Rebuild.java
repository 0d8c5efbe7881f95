package dev.purser.projection.engine;

import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.table.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One rebuild, from empty second tables to the switch. Belongs to one thread, which holds the rebuild's lock. */
final class Rebuild {
    private static final Logger log = LoggerFactory.getLogger(Rebuild.class);
    private static final int BATCH = 5_000;
    private static final int SMALL_GAP = 500;
    private static final int ROUNDS_TO_A_SMALL_GAP = 30;
    private static final int ATTEMPTS_TO_SWITCH = 200;
    private static final int LOCK_TIMEOUT_MILLIS = 200;
    private static final long PAUSE_MILLIS = 100;
    /** "lock not available" and "deadlock detected": somebody reads for long; try again. */
    private static final Set<String> IN_THE_WAY = Set.of("55P03", "40P01");

    private final Tools tools;
    private final UUID id;
    private final List<Projection> projections;
    private final RebuildProgress progress;

    /**
     * What a rebuild works with.
     *
     * @param connections fresh ones, without a limit to how long a statement may take
     * @param levelling brings segments that nobody moves to one position
     */
    record Tools(EventLog events, EventCodec codec, DataSource connections, Stepper levelling, int maxOpenRows) {}

    Rebuild(Tools tools, UUID id, List<Projection> projections, RebuildProgress progress) {
        this.tools = tools;
        this.id = id;
        this.projections = projections;
        this.progress = progress;
    }

    /** Fills the second tables and compares them; answers what was found. */
    List<TableComparison> fillAndCompare(BooleanSupplier cancelled) throws SQLException, InterruptedException {
        try (Connection connection = tools.connections().getConnection()) {
            SecondTables tables = new SecondTables(connection);
            for (Projection projection : projections) {
                tables.create(projection);
            }
            new DeadLetters(connection, Place.NEXT).clear(names());
            long target = livePosition(connection);
            new Positions(connection, Place.NEXT).restart(whole(), target);
            fill(connection, target, cancelled);
            progress.enter(RebuildPhase.ALIGNING);
            comeClose(connection);
            return compare(connection);
        }
    }

    private void fill(Connection connection, long target, BooleanSupplier cancelled)
            throws SQLException, InterruptedException {
        BulkFill fill = new BulkFill(tools.codec(), tools.connections(), projections, tools.maxOpenRows(), cancelled);
        progress.count(fill::done, target);
        for (Projection failed : fill.fill(target)) {
            new SecondTables(connection).create(failed);
            new SecondTables(connection).createIndexes(failed);
            catchUp(connection, List.of(failed), 0, target);
        }
    }

    /** While the live tables stand still at one position, brings the second ones to it and takes a snapshot of both. */
    private List<TableComparison> compare(Connection connection) throws SQLException, InterruptedException {
        try (Connection snapshot = tools.connections().getConnection()) {
            snapshot.setAutoCommit(false);
            snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            standingStill(connection, _ -> {
                try (Statement statement = snapshot.createStatement()) {
                    statement.execute("select from projection.position limit 1");
                }
            });
            progress.enter(RebuildPhase.COMPARING);
            List<TableComparison> found = new Comparison(snapshot).of(SecondTables.of(projections));
            snapshot.rollback();
            return found;
        }
    }

    /** Makes the second tables the live ones. */
    void switchTables() throws SQLException, InterruptedException {
        progress.enter(RebuildPhase.SWITCHING);
        try (Connection connection = tools.connections().getConnection()) {
            for (int attempt = 1; ; attempt++) {
                stopAutovacuum(connection);
                comeClose(connection);
                try {
                    standingStill(connection, this::switchTables);
                    return;
                } catch (SQLException e) {
                    if (!IN_THE_WAY.contains(String.valueOf(e.getSQLState())) || attempt == ATTEMPTS_TO_SWITCH) {
                        throw e;
                    }
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        }
    }

    /** It gives way after a second, but only to whoever waits that long: here nobody who reads or writes waits behind. */
    private void stopAutovacuum(Connection connection) throws SQLException {
        String tables =
                SecondTables.of(projections).stream().map(Place.LIVE::table).collect(Collectors.joining(", "));
        Transactions.in(connection, () -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("lock table " + tables + " in share update exclusive mode");
            }
        });
    }

    private void switchTables(Connection holder) throws SQLException {
        try (Statement statement = holder.createStatement()) {
            statement.execute("set local lock_timeout = " + LOCK_TIMEOUT_MILLIS);
        }
        new SecondTables(holder).switchTables(projections);
        new DeadLetters(holder, Place.LIVE).clear(names());
        try (PreparedStatement moved = holder.prepareStatement("""
            with moved as (delete from projection_next.dead_letter where projection = any (?) returning *)
            insert into projection.dead_letter (projection, position, stream, sequence_key, error, attempts, parked_at, tried_at)
            select projection, position, stream, sequence_key, error, attempts, parked_at, tried_at from moved
            """)) {
            moved.setArray(1, holder.createArrayOf("text", names().toArray(String[]::new)));
            moved.executeUpdate();
        }
        progress.end();
        new RebuildRecord(holder).finish(id, RebuildPhase.SWITCHED, null);
    }

    /** What is done while nobody moves the live tables, in the transaction that keeps them from it. */
    @FunctionalInterface
    private interface Still {
        void run(Connection holder) throws SQLException;
    }

    private void standingStill(Connection connection, Still work) throws SQLException, InterruptedException {
        while (!tryStandingStill(connection, work)) {
            // A backlog is being worked off, or was left by a process that is gone.
            tools.levelling().register();
            tools.levelling().round();
        }
    }

    /** False when the live segments are not all at one position. */
    private boolean tryStandingStill(Connection connection, Still work) throws SQLException {
        try (Connection holder = tools.connections().getConnection()) {
            return Transactions.in(holder, () -> {
                Set<Long> live = new HashSet<>(new Positions(holder, Place.LIVE)
                        .lock(Segment.of(projections))
                        .positions()
                        .values());
                if (live.size() != 1) {
                    return false;
                }
                catchUp(connection, live.iterator().next());
                work.run(holder);
                return true;
            });
        }
    }

    /** So that little is left to be done while the live tables stand still. */
    private void comeClose(Connection connection) throws SQLException {
        for (int round = 0; round < ROUNDS_TO_A_SMALL_GAP; round++) {
            long live = livePosition(connection);
            long gap = live - nextPosition(connection);
            catchUp(connection, live);
            if (gap <= SMALL_GAP) {
                return;
            }
        }
        log.info("the rebuild does not come close to the live position under this load; it will hold it up a little");
    }

    private void catchUp(Connection connection, long to) throws SQLException {
        catchUp(connection, projections, nextPosition(connection), to);
    }

    private void catchUp(Connection connection, List<Projection> these, long from, long to) throws SQLException {
        long position = from;
        while (position < to) {
            Batch batch = Batch.of(
                    position, tools.events().after(position, (int) Math.min(BATCH, to - position)), tools.codec());
            if (batch.foreign() != null) {
                throw new IllegalStateException("this version cannot read " + batch.foreign());
            }
            boolean written = write(connection, these, batch, false);
            if (!written) {
                write(connection, these, batch, true);
            }
            position = batch.to();
        }
    }

    /** False when some event could not be taken. */
    private static boolean write(Connection connection, List<Projection> these, Batch batch, boolean carefully)
            throws SQLException {
        try {
            return Transactions.in(connection, () -> {
                BatchWriter writer = new BatchWriter(connection, Place.NEXT, true);
                for (Projection projection : these) {
                    writer.write(projection, batch, carefully);
                }
                Positions positions = new Positions(connection, Place.NEXT);
                positions.save(whole(these), batch.to());
                return true;
            });
        } catch (SQLException | RuntimeException e) {
            if (carefully || Failures.passes(e)) {
                throw e;
            }
            return false;
        }
    }

    private long livePosition(Connection connection) throws SQLException {
        return new Positions(connection, Place.LIVE)
                .read(Segment.of(projections)).values().stream()
                        .mapToLong(Long::longValue)
                        .min()
                        .orElse(0);
    }

    private long nextPosition(Connection connection) throws SQLException {
        return new Positions(connection, Place.NEXT)
                .read(whole()).values().stream()
                        .mapToLong(Long::longValue)
                        .min()
                        .orElse(0);
    }

    /** The second tables are not written in segments. */
    private Collection<Segment> whole() {
        return whole(projections);
    }

    private static Collection<Segment> whole(List<Projection> projections) {
        return projections.stream()
                .map(projection -> new Segment(projection.name(), 0))
                .toList();
    }

    private List<String> names() {
        return projections.stream().map(Projection::name).toList();
    }
}
