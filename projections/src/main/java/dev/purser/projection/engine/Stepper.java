package dev.purser.projection.engine;

import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.table.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves projections forward by one batch at a time: in one transaction while little is waiting, segment beside segment
 * when there is a backlog, with the next batch being read meanwhile. Any number of nodes may step at once: the lock on the
 * positions' rows lets one of them write, the others find that it is done.
 */
final class Stepper {
    private static final Logger log = LoggerFactory.getLogger(Stepper.class);
    private static final int SMALL_BATCH = 1_000;
    private static final int LARGE_BATCH = 5_000;
    private static final int ATTEMPTS = 3;
    private static final long RETRY_PAUSE_MILLIS = 50;
    private static final Duration SAY_AGAIN_AFTER = Duration.ofMinutes(1);

    private final EventLog events;
    private final EventCodec codec;
    private final DataSource dataSource;
    private final Map<String, Projection> projections;
    private final Collection<Segment> segments;
    private final Progress progress;
    private final ParallelWork parallel = new ParallelWork();
    private int batchSize = SMALL_BATCH;
    private volatile @Nullable String foreign;
    private long saidForeignAtNanos;
    private @Nullable CompletableFuture<Batch> ahead;

    Stepper(
            EventLog events,
            EventCodec codec,
            DataSource dataSource,
            Map<String, Projection> projections,
            Progress progress) {
        this.events = events;
        this.codec = codec;
        this.dataSource = dataSource;
        this.projections = projections;
        this.segments = Segment.of(projections.values());
        this.progress = progress;
    }

    void register() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            progress.learn(Transactions.in(connection, () -> {
                Positions positions = new Positions(connection, Place.LIVE);
                positions.register(projections.values());
                progress.learnParked(new DeadLetters(connection, Place.LIVE).streams());
                return positions.read(segments);
            }));
        }
    }

    /** What a newer version wrote and this one cannot read, while that keeps this node from projecting. */
    @Nullable
    String foreign() {
        return foreign;
    }

    /** Whether the last round left more behind than a small batch. */
    boolean hasBacklog() {
        return batchSize == LARGE_BATCH;
    }

    /** Gives every segment its next events, at most one batch; false if there were none. */
    boolean round() throws SQLException, InterruptedException {
        // Segments at the same position share a batch; those that are behind catch up with the others first.
        TreeMap<Long, List<Segment>> byPosition = progress.positions().entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, TreeMap::new, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        if (byPosition.isEmpty()) {
            return false;
        }
        long from = byPosition.firstKey();
        Long next = byPosition.higherKey(from);
        Batch batch = next == null ? next(from) : read(from, (int) Math.min(batchSize, next - from));
        if (batch.isEmpty()) {
            if (!progress.parkedStreams().isEmpty()) {
                learnParked();
            }
            return batch.foreign() != null && standAside(batch.foreign());
        }
        foreign = null;
        step(batch, byPosition.firstEntry().getValue());
        return true;
    }

    /** The batch that was read meanwhile, if it is the right one; begins to read the one after it if there is a backlog. */
    private Batch next(long from) {
        CompletableFuture<Batch> reading = ahead;
        ahead = null;
        Batch batch = reading == null ? null : reading.join();
        if (batch == null || batch.from() != from || batch.isEmpty()) {
            batch = read(from, batchSize);
        }
        if (batch.size() < SMALL_BATCH) {
            batchSize = SMALL_BATCH;
            return batch;
        }
        batchSize = LARGE_BATCH;
        long to = batch.to();
        ahead = CompletableFuture.supplyAsync(() -> read(to, LARGE_BATCH), Thread::startVirtualThread);
        return batch;
    }

    private Batch read(long from, int limit) {
        return Batch.of(from, events.after(from, limit), codec);
    }

    /** Nothing is written, not even by parking; but this node keeps knowing how far the others are. */
    private boolean standAside(String event) throws SQLException {
        long now = System.nanoTime();
        if (foreign == null || now - saidForeignAtNanos > SAY_AGAIN_AFTER.toNanos()) {
            saidForeignAtNanos = now;
            log.warn("this version cannot read {}: it leaves the projections to newer nodes", event);
        }
        foreign = event;
        look();
        return false;
    }

    /** Learns what is stored, whoever has stored it. */
    void look() throws SQLException {
        learnParked();
        try (Connection connection = dataSource.getConnection()) {
            progress.learn(new Positions(connection, Place.LIVE).read(segments));
        }
    }

    private void step(Batch batch, List<Segment> behind) throws SQLException, InterruptedException {
        boolean all = behind.size() == segments.size();
        if ((batch.size() < SMALL_BATCH && all) || !batch.unreadable().isEmpty()) {
            learn(List.of(write(batch, all ? null : parts(batch), behind)));
            return;
        }
        Map<Segment, Batch> parts = parts(batch);
        List<Callable<Written>> tasks = new ArrayList<>();
        behind.stream()
                .collect(Collectors.groupingBy(Segment::number, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(ofOneNumber -> tasks.add(() -> write(batch, parts, ofOneNumber)));
        learn(parallel.run(tasks));
    }

    /** What is parked first: whoever waits for a position must not miss it. */
    private void learn(List<Written> written) throws SQLException {
        if (written.stream().anyMatch(Written::anythingIsParked)) {
            learnParked();
        } else {
            progress.learnParked(Set.of());
        }
        Map<Segment, Long> positions = new HashMap<>();
        written.forEach(each -> positions.putAll(each.positions()));
        progress.learn(positions);
    }

    /** Reads anew which streams lack an event. */
    void learnParked() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            progress.learnParked(new DeadLetters(connection, Place.LIVE).streams());
        }
    }

    private Map<Segment, Batch> parts(Batch batch) {
        Map<Segment, Batch> parts = new HashMap<>();
        for (Projection projection : projections.values()) {
            List<Batch> split = batch.split(projection);
            for (int number = 0; number < split.size(); number++) {
                parts.put(new Segment(projection.name(), number), split.get(number));
            }
        }
        return parts;
    }

    private record Written(Map<Segment, Long> positions, boolean anythingIsParked) {}

    private Written write(Batch batch, @Nullable Map<Segment, Batch> parts, List<Segment> group)
            throws SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            boolean carefully = attempt > ATTEMPTS;
            try {
                return write(batch, parts, group, carefully);
            } catch (SQLException | RuntimeException e) {
                if (carefully || Failures.passes(e)) {
                    throw e;
                }
                log.warn("positions {} to {} failed, attempt {}", batch.from() + 1, batch.to(), attempt, e);
                Thread.sleep(RETRY_PAUSE_MILLIS * attempt);
            }
        }
    }

    /** @param parts what each segment sees of the batch; null if each projection takes it whole */
    private Written write(Batch batch, @Nullable Map<Segment, Batch> parts, List<Segment> group, boolean carefully)
            throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Transactions.in(connection, () -> {
                Positions positions = new Positions(connection, Place.LIVE);
                Positions.Locked stored = positions.lock(group);
                if (stored.positions().values().stream().anyMatch(position -> position != batch.from())) {
                    return new Written(stored.positions(), stored.anythingIsParked());
                }
                BatchWriter writer = new BatchWriter(connection, Place.LIVE, stored.anythingIsParked());
                for (Projection projection : projections.values()) {
                    if (parts == null) {
                        writer.write(projection, batch, carefully);
                        continue;
                    }
                    for (Segment segment : group) {
                        Batch part = parts.get(segment);
                        if (part != null && segment.projection().equals(projection.name())) {
                            writer.write(projection, part, carefully);
                        }
                    }
                }
                positions.save(group, batch.to());
                return new Written(
                        group.stream().collect(Collectors.toMap(segment -> segment, _ -> batch.to())),
                        writer.anythingIsParked());
            });
        }
    }
}
