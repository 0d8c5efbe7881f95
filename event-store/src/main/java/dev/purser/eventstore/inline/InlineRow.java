package dev.purser.eventstore.inline;

import dev.purser.eventstore.inline.InlineTable.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change to one row of an inline table, made by the methods of {@link InlineTable}. */
public final class InlineRow {

    private static final int OVERHEAD_BYTES = 64;

    private final InlineTable table;
    private final Kind kind;
    private final List<Column> columns;
    private final @Nullable Object[] values;
    private final List<Object> key;

    InlineRow(InlineTable table, Kind kind, List<Column> columns, @Nullable Object[] values) {
        this.table = table;
        this.kind = kind;
        this.columns = columns;
        this.values = values;
        List<Object> keyValues = new ArrayList<>(table.keyColumns().size());
        for (int i = 0; i < table.keyColumns().size(); i++) {
            Object value = values[i];
            if (value != null) {
                keyValues.add(value);
            }
        }
        this.key = Collections.unmodifiableList(keyValues);
    }

    /** What happens to the row. */
    public enum Kind {
        /** Inserted; a duplicate fails the append. */
        CLAIM,
        /** Inserted or replaced. */
        UPSERT,
        /** Some columns changed. */
        UPDATE,
        /** Removed. */
        RELEASE
    }

    /** The table. */
    public InlineTable table() {
        return table;
    }

    /** What happens to the row. */
    public Kind kind() {
        return kind;
    }

    /** The values of the key columns. */
    public List<Object> key() {
        return key;
    }

    List<Column> columns() {
        return columns;
    }

    @Nullable
    Object value(int column) {
        return values[column];
    }

    /** An estimate of the memory it takes. */
    public long estimatedBytes() {
        long bytes = OVERHEAD_BYTES;
        for (Object value : values) {
            bytes += 16;
            if (value instanceof String text) {
                bytes += text.length();
            } else if (value instanceof byte[] array) {
                bytes += array.length;
            }
        }
        return bytes;
    }
}
