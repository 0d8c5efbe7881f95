package dev.purser.projection.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table of a read model and how its rows are written. Immutable. */
public abstract sealed class ReadTable<R> permits FoldedTable, AppendedTable {
    private final String name;
    private final List<Column<R>> columns;

    record Column<R>(String name, ColumnType type, Function<R, @Nullable Object> value) {}

    ReadTable(String name, List<Column<R>> columns) {
        this.name = name;
        this.columns = List.copyOf(columns);
    }

    /** The name without a schema. */
    public final String name() {
        return name;
    }

    final List<Column<R>> columns() {
        return columns;
    }

    final String columnNames() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    final String parameters() {
        return columns.stream().map(column -> column.type().parameter()).collect(Collectors.joining(", "));
    }

    /** Executes an insert with one array per column. */
    final void insert(Connection connection, String sql, Collection<R> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (Column<R> column : columns) {
                column.type().bind(connection, statement, parameter++, rows, column.value());
            }
            statement.executeUpdate();
        }
    }

    final void copy(CopyBuffer buffer, R row) {
        buffer.startRow(columns.size());
        for (Column<R> column : columns) {
            Object value = column.value().apply(row);
            if (value == null) {
                buffer.nothing();
            } else {
                column.type().copy(buffer, value);
            }
        }
    }

    final String copySql(Place place) {
        return "copy " + place.table(name) + " (" + columnNames() + ") from stdin with (format binary)";
    }

    /** Collects columns. */
    abstract static sealed class Columns<R, B extends Columns<R, B>>
            permits FoldedTable.Builder, AppendedTable.Builder {
        final String table;
        final List<Column<R>> columns = new ArrayList<>();

        Columns(String table) {
            this.table = table;
        }

        abstract B self();

        public final B column(String name, ColumnType type, Function<R, @Nullable Object> value) {
            columns.add(new Column<>(name, type, value));
            return self();
        }
    }
}
