package dev.purser.projection.engine;

import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

/** A projection with a bug, until it is fixed. */
final class Failing implements Projection {
    private final Projection sound;
    private volatile Predicate<ProjectedEvent> cannotTake = _ -> false;

    Failing(Projection sound) {
        this.sound = sound;
    }

    void cannotTake(Predicate<ProjectedEvent> events) {
        cannotTake = events;
    }

    void fix() {
        cannotTake = _ -> false;
    }

    @Override
    public String name() {
        return sound.name();
    }

    @Override
    public List<ReadTable<?>> tables() {
        return sound.tables();
    }

    @Override
    public String sequenceKey(ProjectedEvent event) {
        return sound.sequenceKey(event);
    }

    @Override
    public void apply(Rows rows, List<ProjectedEvent> events) throws SQLException {
        sound.apply(rows, events);
        if (events.stream().anyMatch(cannotTake)) {
            throw new IllegalStateException("a bug");
        }
    }
}
