package dev.purser.projection.engine;

import dev.purser.projection.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A projection that notes each position it is given, and fails for those that a test names. */
final class Counting implements Projection {
    private final String name;
    final Set<Long> poisonous = ConcurrentHashMap.newKeySet();
    final AtomicInteger failuresLeft = new AtomicInteger();

    Counting(String name) {
        this.name = name;
    }

    static void createTable(TestDatabase database, String name) {
        database.execute("create table projection." + name + " (position bigint primary key, times int not null)");
        database.execute("grant all on projection." + name + " to purser_app");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> tables() {
        return List.of("projection." + name);
    }

    @Override
    public void apply(Connection connection, List<ProjectedEvent> events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into projection." + name
                + " as t select position, 1 from unnest(?) as position"
                + " on conflict (position) do update set times = t.times + 1")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint",
                            events.stream().map(ProjectedEvent::position).toArray()));
            statement.executeUpdate();
        }
        if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("a passing mood");
        }
        for (ProjectedEvent event : events) {
            if (poisonous.contains(event.position())) {
                throw new IllegalStateException("cannot stand position " + event.position());
            }
        }
    }
}
