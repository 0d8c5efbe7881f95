package dev.purser.projection.table;

import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types that columns of read models have. */
public enum ColumnType {
    TEXT("text", String.class) {
        @Override
        void copy(CopyBuffer buffer, Object value) {
            buffer.text((String) value);
        }
    },
    BIGINT("bigint", Long.class) {
        @Override
        void copy(CopyBuffer buffer, Object value) {
            buffer.bigint((Long) value);
        }
    },
    INTEGER("integer", Integer.class) {
        @Override
        void copy(CopyBuffer buffer, Object value) {
            buffer.integer((Integer) value);
        }
    },
    BOOLEAN("boolean", Boolean.class) {
        @Override
        void copy(CopyBuffer buffer, Object value) {
            buffer.bool((Boolean) value);
        }
    },
    /** {@link Instant}, to the microsecond. */
    TIMESTAMP("timestamptz", String.class) {
        @Override
        void copy(CopyBuffer buffer, Object value) {
            buffer.timestamp((Instant) value);
        }
    };

    private final String sqlName;
    private final Class<?> element;

    ColumnType(String sqlName, Class<?> element) {
        this.sqlName = sqlName;
        this.element = element;
    }

    /** The placeholder of a column's array. */
    String parameter() {
        return "?::" + sqlName + "[]";
    }

    /** Sends one value of each row as an array. */
    <R> void bind(
            Connection connection,
            PreparedStatement statement,
            int parameter,
            Collection<R> rows,
            Function<R, ? extends @Nullable Object> value)
            throws SQLException {
        // Of the exact type: the driver then sends numbers in binary.
        @Nullable Object[] values = (@Nullable Object[]) Array.newInstance(element, rows.size());
        int next = 0;
        for (R row : rows) {
            Object item = value.apply(row);
            values[next++] = item == null || this != TIMESTAMP ? item : item.toString();
        }
        statement.setArray(parameter, connection.createArrayOf(sqlName, values));
    }

    abstract void copy(CopyBuffer buffer, Object value);
}
