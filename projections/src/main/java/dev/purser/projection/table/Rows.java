package dev.purser.projection.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/** The rows that a batch of events changes. Belongs to one transaction and one thread. */
public interface Rows {
    /** The rows of these keys that there are, by key; changeable, for new rows to be added. */
    <R> Map<String, R> load(FoldedTable<R> table, Collection<String> keys) throws SQLException;

    /** Inserts or replaces the rows; each key at most once. */
    <R> void store(FoldedTable<R> table, Collection<R> rows) throws SQLException;

    /** Inserts the rows that are not there yet. */
    <R> void append(AppendedTable<R> table, Collection<R> rows) throws SQLException;

    /** For look-ups in other than the projection's own tables, which may hold anything as late as now. */
    Connection connection();
}
