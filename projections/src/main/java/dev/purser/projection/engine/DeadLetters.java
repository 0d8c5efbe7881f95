package dev.purser.projection.engine;

import dev.purser.projection.table.Place;
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
    private static final String COLUMNS =
            "projection, position, stream, sequence_key, error, attempts, parked_at, tried_at";

    private final Connection connection;
    private final String table;

    DeadLetters(Connection connection, Place place) {
        this.connection = connection;
        this.table = place.table("dead_letter");
    }

    /** The first parked position of each sequence key that has one, by projection. */
    Map<String, Map<String, Long>> firstByKey() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select projection, sequence_key, min(position) from " + table
                        + " group by projection, sequence_key")) {
            Map<String, Map<String, Long>> keys = new HashMap<>();
            while (rows.next()) {
                keys.computeIfAbsent(rows.getString(1), _ -> new HashMap<>()).put(rows.getString(2), rows.getLong(3));
            }
            return keys;
        }
    }

    /** What readers must be told of: the streams of parked events, and the keys of the rows that lack them. */
    Set<String> streams() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select stream from " + table + " union select sequence_key from " + table)) {
            Set<String> streams = new HashSet<>();
            while (rows.next()) {
                streams.add(rows.getString(1));
            }
            return streams;
        }
    }

    void park(String projection, long position, String stream, String key, String error) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into " + table
                + " (projection, position, stream, sequence_key, error) values (?, ?, ?, ?, ?) on conflict do"
                + " nothing")) {
            statement.setString(1, projection);
            statement.setLong(2, position);
            statement.setString(3, stream);
            statement.setString(4, key);
            statement.setString(5, shortened(error));
            statement.executeUpdate();
        }
    }

    void failedAgain(String projection, long position, String error) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update " + table
                + " set error = ?, attempts = attempts + 1, tried_at = now() where projection = ? and position = ?")) {
            statement.setString(1, shortened(error));
            statement.setString(2, projection);
            statement.setLong(3, position);
            statement.executeUpdate();
        }
    }

    void remove(String projection, Collection<Long> positions) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from " + table + " where projection = ? and position = any (?)")) {
            statement.setString(1, projection);
            statement.setArray(2, connection.createArrayOf("bigint", positions.toArray(Long[]::new)));
            statement.executeUpdate();
        }
    }

    void clear(Collection<String> projections) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from " + table + " where projection = any (?)")) {
            statement.setArray(1, connection.createArrayOf("text", projections.toArray(String[]::new)));
            statement.executeUpdate();
        }
    }

    long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    Map<String, Long> countByProjection() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select projection, count(*) from " + table + " group by projection")) {
            Map<String, Long> counts = new HashMap<>();
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
            return counts;
        }
    }

    /** The first ones of all projections. */
    List<DeadLetter> list(int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select " + COLUMNS + " from " + table + " order by position, projection limit ?")) {
            statement.setInt(1, limit);
            return read(statement);
        }
    }

    /** The next ones of a projection. */
    List<DeadLetter> after(String projection, long position, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + COLUMNS + " from " + table
                + " where projection = ? and position > ? order by position limit ?")) {
            statement.setString(1, projection);
            statement.setLong(2, position);
            statement.setInt(3, limit);
            return read(statement);
        }
    }

    private static List<DeadLetter> read(PreparedStatement statement) throws SQLException {
        List<DeadLetter> letters = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                letters.add(new DeadLetter(
                        rows.getString(1),
                        rows.getLong(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getInt(6),
                        rows.getObject(7, OffsetDateTime.class).toInstant(),
                        rows.getObject(8, OffsetDateTime.class).toInstant()));
            }
        }
        return letters;
    }

    // PostgreSQL takes no NUL in text, and an error message may hold anything.
    private static String shortened(String error) {
        String clean = error.replace('\0', ' ');
        return clean.length() <= MAX_ERROR_LENGTH ? clean : clean.substring(0, MAX_ERROR_LENGTH);
    }
}
