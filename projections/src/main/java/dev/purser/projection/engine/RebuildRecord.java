package dev.purser.projection.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stored record of the last rebuild, and the lock of the one that is under way. */
final class RebuildRecord {
    /** "purserRB": held by the session that rebuilds. */
    private static final long LOCK = 0x7075727365725242L;

    private static final int MAX_ERROR_LENGTH = 1_000;

    private final Connection connection;

    RebuildRecord(Connection connection) {
        this.connection = connection;
    }

    /** Takes the session's lock; false if somebody else has it. */
    boolean tryLock() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    void begin(UUID id, Collection<String> projections, OnDifference onDifference) throws SQLException {
        Transactions.in(connection, () -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("delete from projection.rebuild_comparison");
                statement.execute("delete from projection.rebuild");
            }
            try (PreparedStatement insert = connection.prepareStatement("""
                insert into projection.rebuild (rebuild_id, projections, on_difference, phase) values (?, ?, ?, ?)
                """)) {
                insert.setObject(1, id);
                insert.setArray(2, connection.createArrayOf("text", projections.toArray(String[]::new)));
                insert.setString(3, onDifference.name());
                insert.setString(4, RebuildPhase.FILLING.name());
                return insert.executeUpdate();
            }
        });
    }

    /** Fails when the record has become another rebuild's: then this one must not go on. */
    void progress(UUID id, RebuildPhase phase, long done, long total, long perSecond) throws SQLException {
        update(id, """
            update projection.rebuild set phase = ?, events_done = %d, events_total = %d, per_second = %d,
                updated_at = now(), finished_at = null, error = null where rebuild_id = ?
            """.formatted(done, total, perSecond), phase, null);
    }

    /** As {@link #progress}. */
    void finish(UUID id, RebuildPhase outcome, @Nullable String error) throws SQLException {
        update(id, """
            update projection.rebuild set phase = ?, updated_at = now(), finished_at = now(), error = ?
            where rebuild_id = ?
            """, outcome, error == null ? "" : error);
    }

    private void update(UUID id, String sql, RebuildPhase phase, @Nullable String error) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, phase.name());
            if (error == null) {
                statement.setObject(2, id);
            } else {
                statement.setString(2, error.isEmpty() ? null : shortened(error));
                statement.setObject(3, id);
            }
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("another rebuild has begun meanwhile");
            }
        }
    }

    void compared(List<TableComparison> comparisons) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
            insert into projection.rebuild_comparison values (?, ?, ?, ?, ?, ?, ?)
            """)) {
            for (TableComparison each : comparisons) {
                insert.setString(1, each.table());
                insert.setLong(2, each.liveRows());
                insert.setLong(3, each.nextRows());
                insert.setLong(4, each.onlyLive());
                insert.setLong(5, each.onlyNext());
                insert.setLong(6, each.differing());
                insert.setArray(
                        7, connection.createArrayOf("text", each.sample().toArray(String[]::new)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    Optional<UUID> id() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select rebuild_id from projection.rebuild")) {
            return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
        }
    }

    Optional<RebuildState> read() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                    select projections, on_difference, phase, events_done, events_total, per_second, error, started_at,
                           finished_at,
                           exists (select from pg_locks where locktype = 'advisory' and granted
                                   and database = (select oid from pg_database where datname = current_database())
                                   and (classid::bigint << 32 | objid::bigint) = %d and objsubid = 1)
                    from projection.rebuild
                    """.formatted(LOCK))) {
            return rows.next() ? Optional.of(state(rows)) : Optional.empty();
        }
    }

    private RebuildState state(ResultSet row) throws SQLException {
        OffsetDateTime finished = row.getObject(9, OffsetDateTime.class);
        boolean isLocked = row.getBoolean(10);
        RebuildPhase stored = RebuildPhase.valueOf(row.getString(3));
        long done = row.getLong(4);
        long total = row.getLong(5);
        long perSecond = row.getLong(6);
        boolean filling = stored == RebuildPhase.FILLING && perSecond > 0;
        Instant finishedAt = finished == null ? null : finished.toInstant();
        return new RebuildState(
                List.of((String[]) row.getArray(1).getArray()),
                OnDifference.valueOf(row.getString(2)),
                finishedAt == null && !isLocked ? RebuildPhase.INTERRUPTED : stored,
                done,
                total,
                perSecond,
                filling ? Long.valueOf(Math.ceilDiv(Math.max(0, total - done), perSecond)) : null,
                comparisons(),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                finishedAt);
    }

    private List<TableComparison> comparisons() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select * from projection.rebuild_comparison order by table_name")) {
            List<TableComparison> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new TableComparison(
                        rows.getString(1),
                        rows.getLong(2),
                        rows.getLong(3),
                        rows.getLong(4),
                        rows.getLong(5),
                        rows.getLong(6),
                        List.of((String[]) rows.getArray(7).getArray())));
            }
            return found;
        }
    }

    private static String shortened(String error) {
        String clean = error.replace('\0', ' ');
        return clean.length() <= MAX_ERROR_LENGTH ? clean : clean.substring(0, MAX_ERROR_LENGTH);
    }
}
