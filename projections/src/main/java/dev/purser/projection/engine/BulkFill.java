package dev.purser.projection.engine;

import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.codec.UnknownEventType;
import dev.purser.eventstore.log.LogStream;
import dev.purser.projection.table.BulkRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills empty second tables from the beginning of the log, each projection on a thread and a connection of its own, while
 * one thread reads and others decode ahead. Indexes are built at the end. At most about 16,000 decoded events and the
 * rows of {@link BulkRows} are in memory.
 */
final class BulkFill {
    private static final Logger log = LoggerFactory.getLogger(BulkFill.class);
    private static final int CHUNK = 2_000;
    private static final int CHUNKS_AHEAD = 8;
    private static final long LOOK_AROUND_MILLIS = 100;

    private final EventCodec codec;
    private final DataSource connections;
    private final int maxOpenRows;
    private final BooleanSupplier cancelled;
    private final List<Lane> lanes;

    /** @param maxOpenRows per table; see {@link BulkRows} */
    BulkFill(
            EventCodec codec,
            DataSource connections,
            List<Projection> projections,
            int maxOpenRows,
            BooleanSupplier cancelled) {
        this.codec = codec;
        this.connections = connections;
        this.maxOpenRows = maxOpenRows;
        this.cancelled = cancelled;
        this.lanes = projections.stream().map(Lane::new).toList();
    }

    /** How many events every projection has taken. */
    long done() {
        return lanes.stream().mapToLong(lane -> lane.done.get()).min().orElse(0);
    }

    /**
     * Fills up to the position. Answers the projections that could not take some event: their tables are worth nothing
     * and want to be filled with more care.
     */
    List<Projection> fill(long upTo) throws SQLException, InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try (ExecutorService decoders = Executors.newFixedThreadPool(
                2, Thread.ofPlatform().name("rebuild-decoder-", 0).factory())) {
            for (Lane lane : lanes) {
                threads.add(Thread.ofPlatform()
                        .name("rebuild-" + lane.projection.name())
                        .start(lane));
            }
            new LogStream(connections)
                    .read(0, upTo, CHUNK, chunk -> hand(CompletableFuture.supplyAsync(() -> decode(chunk), decoders)));
            hand(CompletableFuture.completedFuture(List.of()));
        } catch (RuntimeException | InterruptedException | Error e) {
            lanes.forEach(lane -> lane.broken = true);
            throw e;
        } finally {
            for (Thread thread : threads) {
                thread.join();
            }
        }
        List<Projection> failed = new ArrayList<>();
        for (Lane lane : lanes) {
            if (lane.failure().isPresent()) {
                failed.add(lane.projection);
            }
        }
        return failed;
    }

    /** The end is an empty chunk. */
    private boolean hand(CompletableFuture<List<ProjectedEvent>> chunk) throws InterruptedException {
        for (Lane lane : lanes) {
            while (!lane.broken && !lane.queue.offer(chunk, LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS)) {
                stopIfCancelled();
            }
        }
        stopIfCancelled();
        return lanes.stream().anyMatch(lane -> !lane.broken);
    }

    private void stopIfCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new IllegalStateException("the rebuild was stopped");
        }
    }

    private List<ProjectedEvent> decode(LogStream.Chunk chunk) {
        List<LogStream.Entry> entries = chunk.entries();
        List<ProjectedEvent> events = new ArrayList<>(entries.size());
        for (LogStream.Entry entry : entries) {
            events.add(new ProjectedEvent(
                    entry.position(),
                    entry.stream(),
                    entry.eventId(),
                    entry.recordedAt(),
                    codec.decode(entry.type(), entry.revision(), entry.payload())));
        }
        return events;
    }

    /** One projection's part of the work. */
    private final class Lane implements Runnable {
        final Projection projection;
        final BlockingQueue<CompletableFuture<List<ProjectedEvent>>> queue = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
        final AtomicLong done = new AtomicLong();
        volatile boolean broken;
        private volatile @Nullable Throwable failure;

        Lane(Projection projection) {
            this.projection = projection;
        }

        @Override
        public void run() {
            try (Connection connection = connections.getConnection()) {
                fill(connection);
                new SecondTables(connection).createIndexes(projection);
            } catch (Throwable e) {
                failure = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            } finally {
                broken = true;
                queue.clear();
            }
        }

        private void fill(Connection connection) throws SQLException, InterruptedException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set synchronous_commit = off");
            }
            BulkRows rows = new BulkRows(connection, maxOpenRows);
            while (!broken) {
                CompletableFuture<List<ProjectedEvent>> next = queue.poll(LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    continue;
                }
                List<ProjectedEvent> events = next.join();
                if (events.isEmpty()) {
                    rows.finish();
                    return;
                }
                projection.apply(rows, events);
                done.addAndGet(events.size());
            }
        }

        /** What is wrong with an event; anything else is thrown. */
        Optional<Throwable> failure() throws SQLException {
            Throwable found = failure;
            if (found == null) {
                return Optional.empty();
            }
            if (found instanceof UnknownEventType
                    || found instanceof InterruptedException
                    || found instanceof Error
                    || Failures.passes(found)) {
                switch (found) {
                    case SQLException e -> throw e;
                    case RuntimeException e -> throw e;
                    default -> throw new IllegalStateException(found);
                }
            }
            log.warn("{} is filled event by event, because one cannot be taken", projection.name(), found);
            return Optional.of(found);
        }
    }
}
