package dev.purser.eventstore.inline;

import dev.purser.eventstore.inline.InlineRow.Kind;
import dev.purser.eventstore.inline.InlineTable.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The inline rows of one flush, one statement per table and kind: removals first, then claims, replacements, updates.
 * Rows whose outcome would depend on another order are not taken into the same flush.
 */
public final class InlineChanges {

    // The kinds in the order in which they are executed.
    private static final List<Kind> ORDER = List.of(Kind.RELEASE, Kind.CLAIM, Kind.UPSERT, Kind.UPDATE);

    private final Map<RowKey, InlineRow> latest = new HashMap<>();
    private final Map<Statement, Map<List<Object>, InlineRow>> statements = new LinkedHashMap<>();

    private record RowKey(InlineTable table, List<Object> key) {}

    private record Statement(InlineTable table, Kind kind, List<Column> columns) {}

    /** What becomes of rows that are offered to a flush. */
    public enum Fit {
        /** They can go with it. */
        FITS,
        /** They claim a key that an earlier append of the flush claims. */
        DUPLICATE,
        /** They need the effect of an earlier row first: they must wait for the next flush. */
        NEXT_FLUSH
    }

    /** Whether there is a row in both. */
    public boolean touchesAnyOf(InlineChanges others) {
        return latest.size() <= others.latest.size()
                ? latest.keySet().stream().anyMatch(others.latest::containsKey)
                : others.touchesAnyOf(this);
    }

    /** Whether the rows of one append can go with those already taken; changes nothing. */
    public Fit fit(List<InlineRow> rows) {
        if (rows.isEmpty()) {
            return Fit.FITS;
        }
        Fit worst = Fit.FITS;
        for (InlineRow row : rows) {
            InlineRow earlier = latest.get(new RowKey(row.table(), row.key()));
            if (earlier == null || mergeable(earlier, row)) {
                continue;
            }
            if (earlier.kind() == Kind.CLAIM && row.kind() == Kind.CLAIM) {
                return Fit.DUPLICATE;
            }
            worst = Fit.NEXT_FLUSH;
        }
        return worst;
    }

    /** Fails if the rows of one append cannot all take effect in one flush. Called where the rows are made. */
    public static void requireConsistent(List<InlineRow> rows) {
        if (rows.size() < 2) {
            return;
        }
        Map<RowKey, InlineRow> seen = new HashMap<>();
        for (InlineRow row : rows) {
            InlineRow earlier = seen.put(new RowKey(row.table(), row.key()), row);
            if (earlier != null && !mergeable(earlier, row)) {
                throw new IllegalArgumentException(
                        "one command changes a row of " + row.table() + " twice in ways that exclude each other");
            }
        }
    }

    private static boolean mergeable(InlineRow earlier, InlineRow later) {
        return switch (earlier.kind()) {
            case RELEASE -> later.kind() != Kind.UPDATE;
            case UPSERT -> later.kind() == Kind.UPSERT;
            case UPDATE -> later.kind() == Kind.UPDATE && later.columns().equals(earlier.columns());
            case CLAIM -> false;
        };
    }

    /** Takes rows that fit. */
    public void take(List<InlineRow> rows) {
        for (InlineRow row : rows) {
            latest.put(new RowKey(row.table(), row.key()), row);
            statements
                    .computeIfAbsent(
                            new Statement(row.table(), row.kind(), row.columns()), ignored -> new LinkedHashMap<>())
                    .put(row.key(), row);
        }
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return statements.isEmpty();
    }

    /** Executes everything in the connection's transaction; returns the claims that were already taken. */
    public Set<InlineRow> execute(Connection connection) throws SQLException {
        Set<InlineRow> taken = new HashSet<>();
        for (Kind kind : ORDER) {
            for (Map.Entry<Statement, Map<List<Object>, InlineRow>> entry : statements.entrySet()) {
                if (entry.getKey().kind() == kind) {
                    List<InlineRow> rows = List.copyOf(entry.getValue().values());
                    taken.addAll(execute(connection, entry.getKey(), rows));
                }
            }
        }
        return taken;
    }

    private static List<InlineRow> execute(Connection connection, Statement change, List<InlineRow> rows)
            throws SQLException {
        List<InlineRow> taken = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(InlineSql.of(change.table(), change.kind(), change.columns()))) {
            List<Column> columns = change.columns();
            for (int column = 0; column < columns.size(); column++) {
                ColumnType type = columns.get(column).type();
                Object[] values = type.driverArray(rows.size());
                for (int i = 0; i < values.length; i++) {
                    Object value = rows.get(i).value(column);
                    values[i] = value == null ? null : type.forDriver(value);
                }
                statement.setArray(column + 1, connection.createArrayOf(type.sqlName(), values));
            }
            if (change.kind() == Kind.CLAIM) {
                try (ResultSet duplicates = statement.executeQuery()) {
                    while (duplicates.next()) {
                        taken.add(rows.get(Math.toIntExact(duplicates.getLong(1)) - 1));
                    }
                }
            } else {
                statement.executeUpdate();
            }
        }
        return taken;
    }
}
