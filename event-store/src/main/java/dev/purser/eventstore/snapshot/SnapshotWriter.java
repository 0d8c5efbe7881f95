package dev.purser.eventstore.snapshot;

import dev.purser.eventstore.append.Append;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes snapshots on one thread of its own, some at a time. It holds a bounded number of them; what finds no room, and
 * what the database does not take, is dropped: the next one of the stream will do. Thread-safe.
 */
public final class SnapshotWriter {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);
    private static final int MOST_WAITING = 256;
    private static final int MOST_AT_ONCE = 32;
    private static final Pending WAKE_UP = new Pending(null, Optional::empty);

    private final SnapshotTable table;
    private final BlockingQueue<Pending> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * A state taken out of memory.
     *
     * @param restsOn what must be durable before the state may be seen by anybody; null: it was read from the log
     * @param encoded makes the row; empty if there is nothing to be written
     */
    record Pending(@Nullable Append restsOn, Supplier<Optional<StoredSnapshot>> encoded) {}

    SnapshotWriter(SnapshotTable table) {
        this.table = table;
        this.thread = new Thread(this::run, "ledger-snapshots");
        this.thread.setDaemon(true);
    }

    /** Takes the state if there is room; never waits. The first call starts the thread. */
    void offer(Pending state) {
        if (!stopping && waiting.offer(state) && started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    /** Writes what waits and ends, or gives up after some time. To be called when nothing is decided any more. */
    public void stop(Duration atMost) throws InterruptedException {
        stopping = true;
        if (!started.get()) {
            return;
        }
        if (!waiting.offer(WAKE_UP)) {
            LOG.debug("the thread is awake: it has as much to write as it can have");
        }
        if (!thread.join(atMost)) {
            LOG.info("snapshots are still being written after {} ms", atMost.toMillis());
        }
    }

    private void run() {
        List<Pending> taken = new ArrayList<>();
        boolean failing = false;
        while (!stopping || !waiting.isEmpty()) {
            try {
                taken.add(waiting.take());
                waiting.drainTo(taken, MOST_AT_ONCE - 1);
                write(taken);
                failing = false;
            } catch (InterruptedException e) {
                LOG.debug("nobody is to interrupt the writing of snapshots", e);
            } catch (SQLException | RuntimeException e) {
                LOG.atLevel(failing ? Level.DEBUG : Level.WARN)
                        .log("{} snapshots could not be written and are dropped: {}", taken.size(), e.getMessage());
                failing = true;
            }
            taken.clear();
        }
    }

    private void write(List<Pending> taken) throws SQLException {
        Map<String, StoredSnapshot> newest = new LinkedHashMap<>();
        for (Pending pending : taken) {
            Append restsOn = pending.restsOn();
            if (restsOn == null || restsOn.awaitVerdict() == null) {
                pending.encoded().get().ifPresent(snapshot -> newest.put(snapshot.stream(), snapshot));
            }
        }
        if (!newest.isEmpty()) {
            table.put(newest.values());
        }
    }
}
