package dev.purser.projection.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The table of positions. Whoever has locked a projection's row may write its tables. */
final class Positions {
    private Positions() {}

    static void register(Connection connection, Collection<String> projections) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            insert into projection.position (projection, position)
            select name, 0 from unnest(?::text[]) as given (name) order by name
            on conflict do nothing
            """)) {
            statement.setArray(1, connection.createArrayOf("text", projections.toArray()));
            statement.executeUpdate();
        }
    }

    static Map<String, Long> read(Connection connection, Collection<String> projections) throws SQLException {
        return select(connection, projections, """
            select projection, position from projection.position where projection = any (?)
            """);
    }

    /**
     * Waits for the rows' locks and reads them. The transaction's commit will not wait for the disk: after a crash of
     * the database rows and position are lost together, and the events are projected again.
     */
    static Map<String, Long> lock(Connection connection, Collection<String> projections) throws SQLException {
        return select(connection, projections, """
            select projection, position, set_config('synchronous_commit', 'off', true)
            from projection.position where projection = any (?) order by projection for update
            """);
    }

    static void save(Connection connection, Collection<String> projections, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            update projection.position set position = ?, updated_at = now() where projection = any (?)
            """)) {
            statement.setLong(1, position);
            statement.setArray(2, connection.createArrayOf("text", projections.toArray()));
            statement.executeUpdate();
        }
    }

    private static Map<String, Long> select(Connection connection, Collection<String> projections, String sql)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", projections.toArray()));
            Map<String, Long> positions = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    positions.put(rows.getString(1), rows.getLong(2));
                }
            }
            return positions;
        }
    }
}
