package dev.purser.eventstore.inline;

import java.lang.reflect.Array;
import java.time.Instant;
import java.util.UUID;

/** The types that columns of inline tables may have. */
public enum ColumnType {
    /** {@link String}, without NUL characters. */
    TEXT("text", String.class),
    /** {@link Long}. */
    BIGINT("bigint", Long.class),
    /** {@link Integer}. */
    INTEGER("integer", Integer.class),
    /** {@link Boolean}. */
    BOOLEAN("boolean", Boolean.class),
    /** {@code byte[]}; not for key columns. */
    BYTES("bytea", byte[].class),
    /** {@link Instant}, stored to the microsecond. */
    TIMESTAMP("timestamptz", Instant.class),
    /** {@link UUID}. */
    UUID("uuid", UUID.class);

    private final String sqlName;
    private final Class<?> valueClass;

    ColumnType(String sqlName, Class<?> valueClass) {
        this.sqlName = sqlName;
        this.valueClass = valueClass;
    }

    /** PostgreSQL's name of the type. */
    String sqlName() {
        return sqlName;
    }

    /** Whether values of this type may be given for the column. */
    boolean accepts(Object value) {
        return valueClass.isInstance(value) && !(value instanceof String text && text.indexOf('\0') >= 0);
    }

    /** An array of the type that the driver wants for a column, times and UUIDs as text. */
    Object[] driverArray(int length) {
        Class<?> element = this == TIMESTAMP || this == UUID ? String.class : valueClass;
        return (Object[]) Array.newInstance(element, length);
    }

    /** The array element that the driver sends for a value. */
    Object forDriver(Object value) {
        return this == TIMESTAMP || this == UUID ? value.toString() : value;
    }
}
