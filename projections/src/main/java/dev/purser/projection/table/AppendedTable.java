package dev.purser.projection.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** A table whose rows never change once they are there; a row that is there already is left alone. */
public final class AppendedTable<R> extends ReadTable<R> {
    private final String live;
    private final String next;

    private AppendedTable(String name, List<Column<R>> columns) {
        super(name, columns);
        this.live = insertInto(Place.LIVE);
        this.next = insertInto(Place.NEXT);
    }

    private String insertInto(Place place) {
        return "insert into %s (%s) select * from unnest(%s) on conflict do nothing"
                .formatted(place.table(name()), columnNames(), parameters());
    }

    /** Starts the definition of a table. */
    public static <R> Builder<R> named(String table) {
        return new Builder<>(table);
    }

    void append(Connection connection, Place place, Collection<R> rows) throws SQLException {
        String insert = switch (place) {
            case LIVE -> live;
            case NEXT -> next;
        };
        insert(connection, insert, rows);
    }

    /** Collects the columns of a table. */
    public static final class Builder<R> extends Columns<R, Builder<R>> {
        private Builder(String table) {
            super(table);
        }

        @Override
        Builder<R> self() {
            return this;
        }

        public AppendedTable<R> build() {
            return new AppendedTable<>(table, columns);
        }
    }
}
