package dev.purser.eventstore.snapshot;

import dev.purser.eventstore.append.StreamHead;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table of snapshots: one, the last written, per stream. Thread-safe. */
final class SnapshotTable {

    private final DataSource dataSource;

    SnapshotTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Nullable
    StoredSnapshot find(String stream) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select sequence, content_hash, format, state, created_at from cache.snapshot"
                                + " where stream = ?")) {
            query.setString(1, stream);
            try (ResultSet found = query.executeQuery()) {
                return found.next()
                        ? new StoredSnapshot(
                                stream,
                                new StreamHead(found.getLong(1), found.getBytes(2)),
                                found.getString(3),
                                found.getString(4),
                                found.getObject(5, OffsetDateTime.class).toInstant())
                        : null;
            }
        }
    }

    /** Replaces the snapshots of these streams, which must differ. */
    void put(Collection<StoredSnapshot> snapshots) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                    insert into cache.snapshot (stream, sequence, content_hash, format, state, created_at)
                    select * from unnest(?::text[], ?::bigint[], ?::bytea[], ?::text[], ?::text[], ?::timestamptz[])
                    on conflict (stream) do update set sequence = excluded.sequence,
                        content_hash = excluded.content_hash, format = excluded.format, state = excluded.state,
                        created_at = excluded.created_at
                    """)) {
            List<StoredSnapshot> rows = List.copyOf(snapshots);
            set(statement, 1, "text", rows, StoredSnapshot::stream);
            set(statement, 2, "bigint", rows, row -> row.head().sequence());
            byte[][] hashes = rows.stream().map(row -> row.head().contentHash()).toArray(byte[][]::new);
            statement.setArray(3, connection.createArrayOf("bytea", hashes));
            set(statement, 4, "text", rows, StoredSnapshot::format);
            set(statement, 5, "text", rows, StoredSnapshot::state);
            set(statement, 6, "timestamptz", rows, row -> row.createdAt().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    private static void set(
            PreparedStatement statement,
            int parameter,
            String type,
            List<StoredSnapshot> rows,
            Function<StoredSnapshot, Object> value)
            throws SQLException {
        statement.setArray(
                parameter,
                statement
                        .getConnection()
                        .createArrayOf(type, rows.stream().map(value).toArray()));
    }
}
