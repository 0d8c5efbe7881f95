package dev.purser.projection.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes how far a rebuild is, about once a second, through the session that holds its lock: when that session is lost,
 * or the record has become another rebuild's, the rebuild must end.
 */
final class RebuildProgress {
    private static final Logger log = LoggerFactory.getLogger(RebuildProgress.class);
    private static final long INTERVAL_MILLIS = 1_000;

    private final ReentrantLock writing = new ReentrantLock();
    private final RebuildRecord record;
    private final UUID id;
    private final Thread writer;
    private RebuildPhase phase = RebuildPhase.FILLING;
    private LongSupplier done = () -> 0;
    private long total;
    private long countingSinceNanos = System.nanoTime();
    private long perSecond;
    private volatile boolean lost;
    private volatile boolean ended;

    RebuildProgress(Connection lockHolder, UUID id) {
        this.record = new RebuildRecord(lockHolder);
        this.id = id;
        this.writer = Thread.ofVirtual().name("rebuild-progress").start(this::keepWriting);
    }

    /** Whether the rebuild has lost its lock. */
    boolean isLost() {
        return lost;
    }

    void count(LongSupplier events, long of) {
        writing.lock();
        try {
            done = events;
            total = of;
            countingSinceNanos = System.nanoTime();
        } finally {
            writing.unlock();
        }
    }

    void enter(RebuildPhase next) throws SQLException {
        writing.lock();
        try {
            measure();
            phase = next;
            write();
        } finally {
            writing.unlock();
        }
    }

    private void keepWriting() {
        try {
            while (!ended) {
                Thread.sleep(INTERVAL_MILLIS);
                tick();
            }
        } catch (InterruptedException e) {
            log.debug("nothing more to be written");
        }
    }

    private void tick() {
        writing.lock();
        try {
            if (!ended) {
                measure();
                write();
            }
        } catch (SQLException | RuntimeException e) {
            log.warn("the rebuild has lost its lock", e);
            lost = true;
        } finally {
            writing.unlock();
        }
    }

    private void measure() {
        if (phase == RebuildPhase.FILLING) {
            double seconds = Math.max(1, System.nanoTime() - countingSinceNanos) / 1e9;
            perSecond = Math.round(done.getAsLong() / seconds);
        }
    }

    private void write() throws SQLException {
        record.progress(id, phase, done.getAsLong(), total, perSecond);
    }

    /** Nothing is written afterwards: what follows is the outcome. */
    void end() {
        writing.lock();
        try {
            ended = true;
        } finally {
            writing.unlock();
        }
        writer.interrupt();
    }
}
