package dev.purser.projection.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A read model's writing side. Pure but for its own tables: no clock, no randomness, no side effects, so that a replay
 * from position 0 gives the same rows.
 */
public interface Projection {
    /** The name under which its position is stored: never rename. */
    String name();

    /** Its tables, schema-qualified; a replay empties them. */
    List<String> tables();

    /**
     * Writes what the events (in order) mean, in the connection's transaction: at most one read and one write per
     * table. Events that are in the rows already must change nothing.
     */
    void apply(Connection connection, List<ProjectedEvent> events) throws SQLException;
}
