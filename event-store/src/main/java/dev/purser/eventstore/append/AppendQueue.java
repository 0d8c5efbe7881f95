package dev.purser.eventstore.append;

import dev.purser.eventstore.LedgerOverloaded;
import dev.purser.eventstore.LedgerUnavailable;
import dev.purser.eventstore.NotLeading;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The appends waiting for the writer, first in, first out, bounded by number and bytes. What is taken out counts
 * against the bounds until its verdict is given, so that the bounds cover everything in flight.
 */
public final class AppendQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<Append> queue = new ArrayDeque<>();
    private final int maxAppends;
    private final long maxBytes;
    // Changed under the lock; read without it where a little too early or too late does no harm.
    private final AtomicInteger inFlightAppends = new AtomicInteger();
    private final AtomicLong inFlightBytes = new AtomicLong();
    private volatile boolean closed = true;
    private volatile boolean led = true;
    // How many appends whoever takes them waits for.
    private int awaited = 1;

    /** A closed queue; {@link #open()} lets appends in. */
    public AppendQueue(int maxAppends, long maxBytes) {
        this.maxAppends = maxAppends;
        this.maxBytes = maxBytes;
    }

    /** Lets appends in. */
    public void open() {
        lock.lock();
        try {
            closed = false;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses all further appends; those inside are still handed to the writer. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says whether this process leads: while another does, every append is refused with {@link NotLeading}. */
    public void setLed(boolean here) {
        led = here;
    }

    /** Queues the append, or fails at once and changes nothing. */
    public void put(Append append) {
        lock.lock();
        try {
            requireRoomFor(append.bytes());
            inFlightAppends.incrementAndGet();
            inFlightBytes.addAndGet(append.bytes());
            queue.addLast(append);
            if (queue.size() == awaited) {
                filled.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Fails if the queue is full or closed now: asked before a decision is made that could not be queued. */
    public void requireRoom() {
        requireRoomFor(0);
    }

    private void requireRoomFor(long bytes) {
        if (closed) {
            throw new LedgerUnavailable("the ledger is not running", null);
        }
        if (!led) {
            throw new NotLeading("another process writes to this ledger");
        }
        // One append larger than the bound is let in alone; its own size is limited where it is made.
        boolean tooManyBytes = inFlightBytes.get() + bytes > maxBytes && inFlightAppends.get() > 0;
        if (inFlightAppends.get() >= maxAppends || tooManyBytes) {
            throw new LedgerOverloaded("the ledger has " + inFlightAppends + " appends of " + inFlightBytes
                    + " bytes in flight, at most " + maxAppends + " and " + maxBytes + " are allowed");
        }
    }

    /** Whether the queue is closed and everything was taken out. */
    public boolean isFinished() {
        lock.lock();
        try {
            return closed && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long for appends and takes up to so many; an empty list if there are none. */
    public List<Append> take(int most, long mostBytes, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanosLeft = atMost.toNanos();
            awaited = 1;
            while (queue.isEmpty() && !closed && nanosLeft > 0) {
                nanosLeft = filled.awaitNanos(nanosLeft);
            }
            return takeOut(most, mostBytes);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there are so many appends or something else has happened, which {@link #nudge()} tells, and takes up to
     * so many; uninterruptible.
     */
    public List<Append> takeUnless(BooleanSupplier happened, int least, int most, long mostBytes) {
        lock.lock();
        try {
            awaited = least;
            while (queue.size() < least && !happened.getAsBoolean()) {
                filled.awaitUninterruptibly();
            }
            return takeOut(most, mostBytes);
        } finally {
            lock.unlock();
        }
    }

    /** Wakes whoever waits in {@link #takeUnless}. */
    public void nudge() {
        lock.lock();
        try {
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<Append> takeOut(int most, long mostBytes) {
        List<Append> taken = new ArrayList<>(Math.min(most, queue.size()));
        long bytes = 0;
        while (taken.size() < most) {
            Append next = queue.peekFirst();
            if (next == null || (!taken.isEmpty() && bytes + next.bytes() > mostBytes)) {
                break;
            }
            taken.add(queue.removeFirst());
            bytes += next.bytes();
        }
        return taken;
    }

    /** Frees the room of appends whose verdict is given. */
    public void release(int appends, long bytes) {
        lock.lock();
        try {
            inFlightAppends.addAndGet(-appends);
            inFlightBytes.addAndGet(-bytes);
        } finally {
            lock.unlock();
        }
    }

    /** How many appends are queued or being written. */
    public int inFlight() {
        return inFlightAppends.get();
    }
}
