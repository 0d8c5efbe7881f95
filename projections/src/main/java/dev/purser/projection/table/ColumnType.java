package dev.purser.projection.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types that columns of read models have, sent as one array per column. */
public enum ColumnType {
    TEXT("text"),
    BIGINT("bigint"),
    INTEGER("integer"),
    BOOLEAN("boolean"),
    /** {@link java.time.Instant}, to the microsecond. */
    TIMESTAMP("timestamptz");

    private final String sqlName;

    ColumnType(String sqlName) {
        this.sqlName = sqlName;
    }

    /** The placeholder of a column's array. */
    public String parameter() {
        return "?::" + sqlName + "[]";
    }

    /** Sends one value of each row as an array. */
    public <R> void bind(
            Connection connection,
            PreparedStatement statement,
            int parameter,
            Collection<R> rows,
            Function<R, ? extends @Nullable Object> value)
            throws SQLException {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        int next = 0;
        for (R row : rows) {
            Object item = value.apply(row);
            values[next++] = item == null || this != TIMESTAMP ? item : item.toString();
        }
        statement.setArray(parameter, connection.createArrayOf(sqlName, values));
    }
}
