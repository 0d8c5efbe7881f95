package dev.purser.projection.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into empty tables without keys: those that may still change stay in memory, closed and appended
 * ones go out by COPY. A table of which more rows are open than fit gets its key early and is written row by row from then
 * on; so memory is bounded, and only the speed depends on the data. After a failure all of it is void, because what is in
 * memory cannot be rolled back. Not thread-safe.
 */
public final class BulkRows implements Rows {
    private static final int SEND_FROM_BYTES = 512 * 1024;
    private static final Place PLACE = Place.NEXT;

    private final Connection connection;
    private final int maxOpenRows;
    private final LiveRows keyedRows;
    private final IdentityHashMap<ReadTable<?>, Outgoing<?>> tables = new IdentityHashMap<>();

    /** @param maxOpenRows how many rows per table stay in memory */
    public BulkRows(Connection connection, int maxOpenRows) {
        this.connection = connection;
        this.maxOpenRows = maxOpenRows;
        this.keyedRows = new LiveRows(connection, PLACE);
    }

    @Override
    public <R> Map<String, R> load(FoldedTable<R> table, Collection<String> keys) throws SQLException {
        Outgoing<R> outgoing = outgoing(table);
        if (outgoing.keyed) {
            return keyedRows.load(table, keys);
        }
        Map<String, R> found = HashMap.newHashMap(keys.size());
        for (String key : keys) {
            R row = outgoing.open.get(key);
            if (row != null) {
                found.put(key, row);
            }
        }
        return found;
    }

    @Override
    public <R> void store(FoldedTable<R> table, Collection<R> rows) throws SQLException {
        Outgoing<R> outgoing = outgoing(table);
        if (outgoing.keyed) {
            keyedRows.store(table, rows);
            return;
        }
        for (R row : rows) {
            String key = table.key(row);
            if (table.isClosed(row)) {
                outgoing.open.remove(key);
                table.copy(outgoing.buffer, row);
            } else {
                outgoing.open.put(key, row);
            }
        }
        outgoing.sendIfFull();
        outgoing.closeEarlierPeriods(table, rows);
        if (outgoing.open.size() > maxOpenRows) {
            outgoing.finish();
            createKey(table);
            outgoing.keyed = true;
        }
    }

    @Override
    public <R> void append(AppendedTable<R> table, Collection<R> rows) throws SQLException {
        Outgoing<R> outgoing = outgoing(table);
        for (R row : rows) {
            table.copy(outgoing.buffer, row);
        }
        outgoing.sendIfFull();
    }

    @Override
    public Connection connection() {
        return connection;
    }

    /** Sends what is still here. */
    public void finish() throws SQLException {
        for (Outgoing<?> outgoing : tables.values()) {
            outgoing.finish();
        }
    }

    private void createKey(ReadTable<?> table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select projection_next.create_key(?)")) {
            statement.setString(1, table.name());
            statement.execute();
        }
    }

    @SuppressWarnings("unchecked") // made for this very table
    private <R> Outgoing<R> outgoing(ReadTable<R> table) {
        return (Outgoing<R>) tables.computeIfAbsent(table, _ -> new Outgoing<>(table));
    }

    private final class Outgoing<R> {
        final Map<String, R> open = new HashMap<>();
        final CopyBuffer buffer = new CopyBuffer();
        private final ReadTable<R> table;
        private long period = Long.MIN_VALUE;
        boolean keyed;

        Outgoing(ReadTable<R> table) {
            this.table = table;
        }

        void closeEarlierPeriods(FoldedTable<R> folded, Collection<R> stored) throws SQLException {
            ToLongFunction<R> periodOf = folded.period();
            if (periodOf == null) {
                return;
            }
            long latest = stored.stream().mapToLong(periodOf).max().orElse(period);
            if (latest <= period) {
                return;
            }
            period = latest;
            Iterator<R> rows = open.values().iterator();
            while (rows.hasNext()) {
                R row = rows.next();
                if (periodOf.applyAsLong(row) < latest) {
                    rows.remove();
                    table.copy(buffer, row);
                    sendIfFull();
                }
            }
        }

        void sendIfFull() throws SQLException {
            if (buffer.length() >= SEND_FROM_BYTES) {
                send();
            }
        }

        void finish() throws SQLException {
            for (R row : open.values()) {
                table.copy(buffer, row);
                sendIfFull();
            }
            open.clear();
            if (buffer.rows() > 0) {
                send();
            }
        }

        private void send() throws SQLException {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copySql(PLACE));
            try {
                byte[] bytes = buffer.finished();
                copy.writeToCopy(bytes, 0, buffer.length());
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
            buffer.clear();
        }
    }
}
