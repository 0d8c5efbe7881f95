package dev.purser.projection.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far this node knows its projections to be, and who waits for them. Thread-safe. */
final class Progress {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Condition wanted = lock.newCondition();
    private int waiting;
    private volatile Map<Segment, Long> positions = Map.of();
    private volatile long least;
    private volatile Set<String> parkedStreams = Set.of();

    void learn(Map<Segment, Long> known) {
        lock.lock();
        try {
            Map<Segment, Long> merged = new HashMap<>(positions);
            merged.putAll(known);
            positions = Map.copyOf(merged);
            least = merged.values().stream().mapToLong(Long::longValue).min().orElse(0);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void learnParked(Set<String> streams) {
        parkedStreams = Set.copyOf(streams);
    }

    /** Streams of which some projection lacks an event that it could not take. */
    Set<String> parkedStreams() {
        return parkedStreams;
    }

    Map<Segment, Long> positions() {
        return positions;
    }

    /** The position that all segments of a projection have reached, by its name. */
    Map<String, Long> byProjection() {
        Map<String, Long> each = new TreeMap<>();
        positions.forEach((segment, position) -> each.merge(segment.projection(), position, Math::min));
        return each;
    }

    /** The position that every projection has reached. */
    long least() {
        return least;
    }

    /** Waits until every projection has reached the position; false when the time is over first. */
    boolean await(long position, Duration atMost) throws InterruptedException {
        if (least >= position) {
            return true;
        }
        long nanosLeft = atMost.toNanos();
        lock.lockInterruptibly();
        waiting++;
        wanted.signalAll();
        try {
            while (least < position) {
                if (nanosLeft <= 0) {
                    return false;
                }
                nanosLeft = moved.awaitNanos(nanosLeft);
            }
            return true;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** Passes the time, or as much of it as nobody waits for a position. */
    void rest(Duration atMost) throws InterruptedException {
        long nanosLeft = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting == 0 && nanosLeft > 0) {
                nanosLeft = wanted.awaitNanos(nanosLeft);
            }
        } finally {
            lock.unlock();
        }
    }
}
