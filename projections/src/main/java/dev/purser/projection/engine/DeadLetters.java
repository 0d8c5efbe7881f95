package dev.purser.projection.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of events that projections could not take. */
final class DeadLetters {
    private static final int MAX_ERROR_LENGTH = 1_000;

    private DeadLetters() {}

    /** The first parked position of each stream that has one, by projection. */
    static Map<String, Map<String, Long>> firstByStream(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                    select projection, stream, min(position) from projection.dead_letter
                    group by projection, stream
                    """)) {
            Map<String, Map<String, Long>> streams = new HashMap<>();
            while (rows.next()) {
                streams.computeIfAbsent(rows.getString(1), _ -> new HashMap<>())
                        .put(rows.getString(2), rows.getLong(3));
            }
            return streams;
        }
    }

    static Set<String> streams(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select distinct stream from projection.dead_letter")) {
            Set<String> streams = new HashSet<>();
            while (rows.next()) {
                streams.add(rows.getString(1));
            }
            return streams;
        }
    }

    static void park(Connection connection, String projection, long position, String stream, String error)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            insert into projection.dead_letter (projection, position, stream, error) values (?, ?, ?, ?)
            on conflict do nothing
            """)) {
            statement.setString(1, projection);
            statement.setLong(2, position);
            statement.setString(3, stream);
            statement.setString(4, shortened(error));
            statement.executeUpdate();
        }
    }

    static void clear(Connection connection, Collection<String> projections) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from projection.dead_letter where projection = any (?)")) {
            statement.setArray(1, connection.createArrayOf("text", projections.toArray()));
            statement.executeUpdate();
        }
    }

    static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from projection.dead_letter")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static List<DeadLetter> list(Connection connection, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            select projection, position, stream, error, parked_at from projection.dead_letter
            order by position, projection limit ?
            """)) {
            statement.setInt(1, limit);
            List<DeadLetter> letters = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    letters.add(new DeadLetter(
                            rows.getString(1),
                            rows.getLong(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getObject(5, OffsetDateTime.class).toInstant()));
                }
            }
            return letters;
        }
    }

    // PostgreSQL takes no NUL in text, and an error message may hold anything.
    private static String shortened(String error) {
        String clean = error.replace('\0', ' ');
        return clean.length() <= MAX_ERROR_LENGTH ? clean : clean.substring(0, MAX_ERROR_LENGTH);
    }
}
