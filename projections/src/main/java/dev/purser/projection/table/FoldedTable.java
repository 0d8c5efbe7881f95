package dev.purser.projection.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table with one text key whose rows events change: a batch loads the rows it touches, folds its events into them and
 * stores them. Each row carries the position of its last event; a row never goes back to an earlier one.
 */
public final class FoldedTable<R> extends ReadTable<R> {
    private final RowReader<R> reader;
    private final Predicate<R> closed;
    private final @Nullable ToLongFunction<R> period;
    private final Sql live;
    private final Sql next;

    private record Sql(String select, String upsert) {}

    /** Makes a row object of the current row; columns have the order of their definition. */
    @FunctionalInterface
    public interface RowReader<R> {
        R read(ResultSet row) throws SQLException;
    }

    private FoldedTable(Builder<R> builder, RowReader<R> reader) {
        super(builder.table, builder.columns);
        this.reader = reader;
        this.closed = builder.closed;
        this.period = builder.period;
        this.live = sqlOf(Place.LIVE);
        this.next = sqlOf(Place.NEXT);
    }

    private Sql sql(Place place) {
        return switch (place) {
            case LIVE -> live;
            case NEXT -> next;
        };
    }

    private Sql sqlOf(Place place) {
        String table = place.table(name());
        String key = columns().getFirst().name();
        String changes = columns().stream()
                .skip(1)
                .map(column -> column.name() + " = excluded." + column.name())
                .collect(Collectors.joining(", "));
        return new Sql(
                "select " + columnNames() + " from " + table + " where " + key + " = any (?)",
                "insert into %s as stored (%s) select * from unnest(%s) on conflict (%s) do update set %s"
                                .formatted(table, columnNames(), parameters(), key, changes)
                        + " where stored.position < excluded.position");
    }

    /** Starts the definition of a table with its key column. */
    public static <R> Builder<R> named(String table, String keyColumn, Function<R, @Nullable Object> key) {
        return new Builder<R>(table).column(keyColumn, ColumnType.TEXT, key);
    }

    String key(R row) {
        return String.valueOf(columns().getFirst().value().apply(row));
    }

    /** Whether no event can change the row any more. */
    boolean isClosed(R row) {
        return closed.test(row);
    }

    /** The period that a row belongs to; null where rows have none. */
    @Nullable
    ToLongFunction<R> period() {
        return period;
    }

    void load(Connection connection, Place place, Collection<String> keys, Map<String, R> into) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(sql(place).select())) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray(String[]::new)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    into.put(rows.getString(1), reader.read(rows));
                }
            }
        }
    }

    void store(Connection connection, Place place, Collection<R> rows) throws SQLException {
        insert(connection, sql(place).upsert(), rows);
    }

    /** Collects the columns of a table. */
    public static final class Builder<R> extends Columns<R, Builder<R>> {
        private Predicate<R> closed = _ -> false;
        private @Nullable ToLongFunction<R> period;

        private Builder(String table) {
            super(table);
        }

        @Override
        Builder<R> self() {
            return this;
        }

        /** Rows that no event changes any more; must follow from the row alone. */
        public Builder<R> closedWhen(Predicate<R> test) {
            closed = test;
            return this;
        }

        /** Rows of one period of time each, which no event changes any more once there is a row of a later period. */
        public Builder<R> closedByLater(ToLongFunction<R> periodOfRow) {
            period = periodOfRow;
            return this;
        }

        /** The definition; one of the columns must be {@code position}. */
        public FoldedTable<R> read(RowReader<R> reader) {
            return new FoldedTable<>(this, reader);
        }
    }
}
