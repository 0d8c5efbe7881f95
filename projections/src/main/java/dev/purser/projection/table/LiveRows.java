package dev.purser.projection.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Rows in tables that have their keys: one statement to load, one to store. */
public final class LiveRows implements Rows {
    private final Connection connection;
    private final Place place;

    public LiveRows(Connection connection, Place place) {
        this.connection = connection;
        this.place = place;
    }

    @Override
    public <R> Map<String, R> load(FoldedTable<R> table, Collection<String> keys) throws SQLException {
        Map<String, R> found = new HashMap<>();
        if (!keys.isEmpty()) {
            table.load(connection, place, keys, found);
        }
        return found;
    }

    @Override
    public <R> void store(FoldedTable<R> table, Collection<R> rows) throws SQLException {
        if (!rows.isEmpty()) {
            table.store(connection, place, rows);
        }
    }

    @Override
    public <R> void append(AppendedTable<R> table, Collection<R> rows) throws SQLException {
        if (!rows.isEmpty()) {
            table.append(connection, place, rows);
        }
    }

    @Override
    public Connection connection() {
        return connection;
    }
}
