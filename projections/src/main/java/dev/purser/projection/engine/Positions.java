package dev.purser.projection.engine;

import dev.purser.projection.table.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of positions. Whoever has locked a segment's row may write its rows. */
final class Positions {
    private static final String THESE =
            " where (projection, segment) in (select * from unnest(?::text[], ?::integer[]))";

    /** "purserRE": one node at a time. */
    private static final long REGISTERING = 0x7075727365725245L;

    private final Connection connection;
    private final String table;

    Positions(Connection connection, Place place) {
        this.connection = connection;
        this.table = place.table("position");
    }

    /** What was found under the lock. */
    record Locked(Map<Segment, Long> positions, boolean anythingIsParked) {}

    /**
     * Makes the rows that are missing. Of a projection that is divided differently now, all segments begin where the
     * slowest was: events that come twice change nothing. Where nothing is missing, nobody is waited for.
     */
    void register(Collection<Projection> projections) throws SQLException {
        if (differing(projections, "").isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + REGISTERING + ")");
        }
        // All locks in the order of lock(), or a node that is writing and this one would wait for each other.
        for (Map.Entry<Projection, Long> each : differing(projections, " order by segment, projection for update")
                .entrySet()) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from " + table + " where projection = ?")) {
                delete.setString(1, each.getKey().name());
                delete.executeUpdate();
            }
            insert(Segment.of(List.of(each.getKey())), each.getValue());
        }
    }

    /** The projections that are not divided as their rows say, with the least position of those. */
    private Map<Projection, Long> differing(Collection<Projection> projections, String locking) throws SQLException {
        Map<Segment, Long> stored;
        try (PreparedStatement statement = connection.prepareStatement(
                "select projection, segment, position from " + table + " where projection = any (?)" + locking)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", projections.stream().map(Projection::name).toArray(String[]::new)));
            stored = read(statement);
        }
        Map<Projection, Long> differing = new LinkedHashMap<>();
        for (Projection projection : projections) {
            Map<Segment, Long> own = new HashMap<>(stored);
            own.keySet().removeIf(segment -> !segment.projection().equals(projection.name()));
            if (!own.keySet().equals(new HashSet<>(Segment.of(List.of(projection))))) {
                differing.put(projection, own.isEmpty() ? 0L : Collections.min(own.values()));
            }
        }
        return differing;
    }

    private void insert(Collection<Segment> segments, long position) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into " + table
                + " (projection, segment, position) select *, ? from unnest(?::text[], ?::integer[])"
                + " on conflict (projection, segment) do nothing")) {
            insert.setLong(1, position);
            bind(insert, 2, segments);
            insert.executeUpdate();
        }
    }

    /** Removes all rows, then makes these. */
    void restart(Collection<Segment> segments, long position) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from " + table);
        }
        insert(segments, position);
    }

    Map<Segment, Long> read(Collection<Segment> segments) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select projection, segment, position from " + table + THESE)) {
            bind(statement, 1, segments);
            return read(statement);
        }
    }

    /**
     * Waits for the rows' locks and reads them. The transaction's commit will not wait for the disk: after a crash of
     * the database rows and position are lost together, and the events are projected again.
     */
    Locked lock(Collection<Segment> segments) throws SQLException {
        Map<Segment, Long> positions;
        try (PreparedStatement statement = connection.prepareStatement("select projection, segment, position from "
                + table + THESE + " order by segment, projection for update")) {
            bind(statement, 1, segments);
            positions = read(statement);
        }
        // A statement of its own: one that waits for a lock sees other tables as they were before it waited.
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select exists (select from "
                        + table.replace("position", "dead_letter")
                        + "), set_config('synchronous_commit', 'off', true)")) {
            row.next();
            return new Locked(positions, row.getBoolean(1));
        }
    }

    void save(Collection<Segment> segments, long position) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("update " + table + " set position = ?, updated_at = now()" + THESE)) {
            statement.setLong(1, position);
            bind(statement, 2, segments);
            statement.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, int parameter, Collection<Segment> segments) throws SQLException {
        statement.setArray(
                parameter,
                connection.createArrayOf(
                        "text", segments.stream().map(Segment::projection).toArray(String[]::new)));
        statement.setArray(
                parameter + 1,
                connection.createArrayOf(
                        "integer", segments.stream().map(Segment::number).toArray(Integer[]::new)));
    }

    private static Map<Segment, Long> read(PreparedStatement statement) throws SQLException {
        Map<Segment, Long> positions = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                positions.put(new Segment(rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
        }
        return positions;
    }
}
