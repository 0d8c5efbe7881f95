package dev.purser.projection.engine;

import dev.purser.projection.table.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares live tables with rebuilt ones as the connection's transaction sees them. Of equal tables the number of rows and
 * the sum of 64-bit hashes of whole rows are equal, which two scans can tell; only where they are not, each row is joined
 * with its counterpart. That a difference escapes takes a chance of one in 2^64.
 */
final class Comparison {
    private static final int SAMPLE = 10;

    private final Connection connection;

    Comparison(Connection connection) {
        this.connection = connection;
    }

    List<TableComparison> of(List<String> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set work_mem = '128MB'");
        }
        List<TableComparison> comparisons = new ArrayList<>();
        for (String table : tables) {
            comparisons.add(compare(table));
        }
        return comparisons;
    }

    private TableComparison compare(String table) throws SQLException {
        Content live = content(Place.LIVE.table(table));
        return live.equals(content(Place.NEXT.table(table)))
                ? new TableComparison(table, live.rows(), live.rows(), 0, 0, 0, List.of())
                : compareRowByRow(table);
    }

    private record Content(long rows, String hashes) {}

    private Content content(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*), coalesce(sum(hash_record_extended(t, 0)), 0) from " + table + " as t")) {
            rows.next();
            return new Content(rows.getLong(1), rows.getString(2));
        }
    }

    private TableComparison compareRowByRow(String table) throws SQLException {
        List<String> keys = names("""
            select attname from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
            where indisprimary and indrelid = ?::regclass order by attnum
            """, table);
        List<String> columns = names("""
            select attname from pg_attribute where attrelid = ?::regclass and attnum > 0 and not attisdropped
            order by attnum
            """, table);
        String key = keys.getFirst();
        String pairs = " from " + Place.LIVE.table(table) + " live full join " + Place.NEXT.table(table) + " next on "
                + join(keys, " and ", name -> "live." + name + " = next." + name);
        String differs = "(" + join(columns, ", ", name -> "live." + name) + ") is distinct from ("
                + join(columns, ", ", name -> "next." + name) + ")";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                    select count(live.%1$s), count(next.%1$s), count(*) filter (where next.%1$s is null),
                           count(*) filter (where live.%1$s is null),
                           count(*) filter (where live.%1$s is not null and next.%1$s is not null and %2$s)
                    """.formatted(key, differs) + pairs)) {
            rows.next();
            return new TableComparison(
                    table,
                    rows.getLong(1),
                    rows.getLong(2),
                    rows.getLong(3),
                    rows.getLong(4),
                    rows.getLong(5),
                    sample(keys, pairs + " where " + differs));
        }
    }

    private List<String> sample(List<String> keys, String differing) throws SQLException {
        String key =
                "concat_ws('/', " + join(keys, ", ", name -> "coalesce(live." + name + ", next." + name + ")") + ")";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select " + key + differing + " order by 1 limit " + SAMPLE)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private List<String> names(String sql, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Place.LIVE.table(table));
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(statement.enquoteIdentifier(rows.getString(1), false));
                }
            }
            return names;
        }
    }

    private static String join(List<String> names, String between, Function<String, String> each) {
        return names.stream().map(each).collect(Collectors.joining(between));
    }
}
