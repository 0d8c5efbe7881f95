package dev.purser.projection.engine;

import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.SQLException;
import java.util.List;

/**
 * A read model's writing side. Pure but for its own tables: no clock, no randomness, no side effects, so that a rebuild
 * from position 0 gives the same rows. Used by several threads at once, for different segments.
 */
public interface Projection {
    /** How many segments a projection has where nothing else is said. */
    int SEGMENTS = 4;

    /** The name under which its positions are stored: never rename. */
    String name();

    /** All its tables. */
    List<ReadTable<?>> tables();

    /**
     * What orders the events of one row: of one key they come in the order of the log, of different ones in any order or
     * at once. A row is changed by events of one key only; where that cannot be, {@link #segments()} is 1.
     */
    default String sequenceKey(ProjectedEvent event) {
        return event.stream();
    }

    /** Into how many parts the events are divided by their sequence key; 1 to 64. */
    default int segments() {
        return SEGMENTS;
    }

    /**
     * Writes what the events (in order) mean: at most one load and one store per table. Events that are in the rows already
     * must change nothing. A row whose first event is among these events need not be loaded.
     */
    void apply(Rows rows, List<ProjectedEvent> events) throws SQLException;
}
