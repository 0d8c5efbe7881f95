package dev.purser.eventstore.inline;

import dev.purser.eventstore.inline.InlineRow.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are written in the transaction of the events they belong to. Made once per table:
 *
 * <pre>{@code
 * static final InlineTable EXTERNAL_ID = InlineTable.named("inline.external_id")
 *         .key("project", TEXT).key("external_id", TEXT)
 *         .value("customer_id", TEXT)
 *         .build();
 * …
 * EXTERNAL_ID.claim(project, externalId, customerId)
 * }</pre>
 *
 * The key columns must be the table's primary key and never change.
 */
public final class InlineTable {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Pattern QUALIFIED_NAME = Pattern.compile("[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*");

    private final String name;
    private final List<Column> keyColumns;
    private final List<Column> columns;

    private InlineTable(String name, List<Column> keyColumns, List<Column> valueColumns) {
        this.name = name;
        this.keyColumns = List.copyOf(keyColumns);
        List<Column> all = new ArrayList<>(keyColumns);
        all.addAll(valueColumns);
        this.columns = List.copyOf(all);
    }

    /** A column. */
    record Column(String name, ColumnType type) {}

    /** Starts the definition of a table, named with its schema. */
    public static Builder named(String qualifiedName) {
        return new Builder(qualifiedName);
    }

    /** The schema-qualified name. */
    public String name() {
        return name;
    }

    List<Column> keyColumns() {
        return keyColumns;
    }

    List<Column> columns() {
        return columns;
    }

    /** A row that must be new: if its key (or anything else unique in the table) is taken, the whole append fails. */
    public InlineRow claim(@Nullable Object... values) {
        return row(Kind.CLAIM, columns, values);
    }

    /** A row that takes the place of one with its key, if there is any. */
    public InlineRow upsert(@Nullable Object... values) {
        return row(Kind.UPSERT, columns, values);
    }

    /** New values for some columns of the row with this key; nothing happens if there is none. */
    public InlineRow update(List<?> key, Map<String, ? extends @Nullable Object> changes) {
        List<Column> changed = new ArrayList<>(keyColumns);
        List<@Nullable Object> values = new ArrayList<>(key);
        for (Column column : columns.subList(keyColumns.size(), columns.size())) {
            if (changes.containsKey(column.name())) {
                changed.add(column);
                values.add(changes.get(column.name()));
            }
        }
        if (changes.isEmpty() || changed.size() != keyColumns.size() + changes.size()) {
            throw new IllegalArgumentException(name + ": " + changes.keySet() + " are not all value columns");
        }
        return row(Kind.UPDATE, List.copyOf(changed), values.toArray());
    }

    /** Removes the row with this key, if there is any; the key may be claimed again. */
    public InlineRow release(Object... key) {
        return row(Kind.RELEASE, keyColumns, key);
    }

    private InlineRow row(Kind kind, List<Column> given, @Nullable Object[] values) {
        if (values.length != given.size()) {
            throw new IllegalArgumentException(
                    name + ": " + given.size() + " values expected, but " + values.length + " given");
        }
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            Column column = given.get(i);
            boolean fits =
                    value == null ? i >= keyColumns.size() : column.type().accepts(value);
            if (!fits) {
                throw new IllegalArgumentException(name + ": the value given for " + column.name() + " is not a valid "
                        + column.type().sqlName());
            }
        }
        return new InlineRow(this, kind, given, Arrays.copyOf(values, values.length));
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects the columns of a table. */
    public static final class Builder {

        private final String name;
        private final List<Column> keys = new ArrayList<>();
        private final List<Column> values = new ArrayList<>();

        private Builder(String name) {
            if (!QUALIFIED_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a lower-case name with its schema: " + name);
            }
            this.name = name;
        }

        /** Adds a column of the primary key. */
        public Builder key(String column, ColumnType type) {
            if (type == ColumnType.BYTES) {
                throw new IllegalArgumentException(name + ": key column " + column + " must not be bytes");
            }
            keys.add(column(column, type));
            return this;
        }

        /** Adds another column. */
        public Builder value(String column, ColumnType type) {
            values.add(column(column, type));
            return this;
        }

        private static Column column(String column, ColumnType type) {
            if (!NAME.matcher(column).matches()) {
                throw new IllegalArgumentException("not a lower-case column name: " + column);
            }
            return new Column(column, type);
        }

        /** The finished definition. */
        public InlineTable build() {
            if (keys.isEmpty()) {
                throw new IllegalArgumentException(name + " has no key column");
            }
            return new InlineTable(name, keys, values);
        }
    }
}
