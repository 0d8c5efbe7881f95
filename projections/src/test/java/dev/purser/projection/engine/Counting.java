package dev.purser.projection.engine;

import dev.purser.projection.TestDatabase;
import dev.purser.projection.table.ColumnType;
import dev.purser.projection.table.FoldedTable;
import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A projection that notes each position it is given and how often, and fails for those that a test names. */
final class Counting implements Projection {
    private final String name;
    private final FoldedTable<Seen> table;
    final Set<Long> poisonous = ConcurrentHashMap.newKeySet();
    final AtomicInteger failuresLeft = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** A row goes only forward, so that the number of times is part of what it goes by. */
    private record Seen(long seen, long times) {
        static Seen of(ResultSet row) throws SQLException {
            return new Seen(row.getLong(2), row.getLong(3));
        }

        Seen again() {
            return new Seen(seen, times + 1);
        }
    }

    Counting(String name) {
        this.name = name;
        this.table = FoldedTable.<Seen>named(name, "id", row -> "at " + row.seen)
                .column("seen", ColumnType.BIGINT, Seen::seen)
                .column("position", ColumnType.BIGINT, Seen::times)
                .read(Seen::of);
    }

    static void createTable(TestDatabase database, String name) {
        database.execute("create table projection." + name
                + " (id text collate \"C\" primary key, seen bigint not null, position bigint not null)");
        database.execute("grant all on projection." + name + " to purser_app");
        database.execute("alter table projection." + name + " owner to purser_owner");
    }

    /** Takes nothing until the gate is open. */
    void waitFor(CountDownLatch opened) {
        gate = opened;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ReadTable<?>> tables() {
        return List.of(table);
    }

    @Override
    public void apply(Rows rows, List<ProjectedEvent> events) throws SQLException {
        awaitGate();
        Map<String, Seen> found = rows.load(
                table, events.stream().map(event -> "at " + event.position()).toList());
        Map<String, Seen> seen = new HashMap<>();
        for (ProjectedEvent event : events) {
            String id = "at " + event.position();
            seen.put(id, found.getOrDefault(id, new Seen(event.position(), 0)).again());
        }
        rows.store(table, seen.values());
        if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("a passing mood");
        }
        for (ProjectedEvent event : events) {
            if (poisonous.contains(event.position())) {
                throw new IllegalStateException("cannot stand position " + event.position());
            }
        }
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
