package dev.purser.projection.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table with one text key whose rows events change: a batch loads the rows it touches, folds its events into them and
 * stores them. Each row carries the position of its last event; a row never goes back to an earlier one.
 */
public final class FoldedTable<R> {
    private final String name;
    private final List<Column<R>> columns;
    private final RowReader<R> reader;
    private final String select;
    private final String upsert;

    private record Column<R>(String name, ColumnType type, Function<R, @Nullable Object> value) {}

    /** Makes a row object of the current row; columns have the order of their definition. */
    public interface RowReader<R> {
        R read(ResultSet row) throws SQLException;
    }

    private FoldedTable(String name, List<Column<R>> columns, RowReader<R> reader) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.reader = reader;
        String key = columns.getFirst().name();
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        this.select = "select " + names + " from " + name + " where " + key + " = any (?)";
        this.upsert = "insert into %s as stored (%s) select * from unnest(%s) on conflict (%s) do update set %s"
                        .formatted(
                                name,
                                names,
                                columns.stream()
                                        .map(column -> column.type().parameter())
                                        .collect(Collectors.joining(", ")),
                                key,
                                columns.stream()
                                        .skip(1)
                                        .map(column -> column.name() + " = excluded." + column.name())
                                        .collect(Collectors.joining(", ")))
                + " where stored.position < excluded.position";
    }

    /** Starts the definition of a table with its key column. */
    public static <R> Builder<R> named(String table, String keyColumn, Function<R, @Nullable Object> key) {
        return new Builder<R>(table).column(keyColumn, ColumnType.TEXT, key);
    }

    /** The schema-qualified name. */
    public String name() {
        return name;
    }

    /** The rows of these keys, by key; changeable, for new rows to be added. */
    public Map<String, R> load(Connection connection, Collection<String> keys) throws SQLException {
        Map<String, R> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), reader.read(rows));
                }
            }
        }
        return found;
    }

    /** Inserts or replaces the rows; each key at most once. */
    public void store(Connection connection, Collection<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            int parameter = 1;
            for (Column<R> column : columns) {
                column.type().bind(connection, statement, parameter++, rows, column.value());
            }
            statement.executeUpdate();
        }
    }

    /** Collects the columns of a table. */
    public static final class Builder<R> {
        private final String table;
        private final List<Column<R>> columns = new ArrayList<>();

        private Builder(String table) {
            this.table = table;
        }

        public Builder<R> column(String name, ColumnType type, Function<R, @Nullable Object> value) {
            columns.add(new Column<>(name, type, value));
            return this;
        }

        /** The definition; one of the columns must be {@code position}. */
        public FoldedTable<R> read(RowReader<R> reader) {
            return new FoldedTable<>(table, columns, reader);
        }
    }
}
