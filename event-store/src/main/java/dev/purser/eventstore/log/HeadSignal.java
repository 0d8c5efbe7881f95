package dev.purser.eventstore.log;

import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The greatest position known to be durable on this node, and who waits for it to move. */
public final class HeadSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile long position;
    private volatile boolean authoritative;
    private int waiting;

    /** The greatest position known to be durable. */
    public long position() {
        return position;
    }

    /** Whether this node is the only writer, so that {@link #position()} is the head of the log. */
    public boolean isAuthoritative() {
        return authoritative;
    }

    /** Says whether this node is the only writer. */
    public void setAuthoritative(boolean leads) {
        authoritative = leads;
    }

    /** Moves the position forward and wakes everybody; positions seen before are ignored. */
    public void advanceTo(long reached) {
        if (reached <= position) {
            return;
        }
        lock.lock();
        try {
            if (reached <= position) {
                return;
            }
            position = reached;
            if (waiting > 0) {
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    /** Calls the listener after every move, on the writer's thread: it must only wake somebody. */
    public void onAdvance(Runnable listener) {
        listeners.add(listener);
    }

    /** Waits until the position is beyond the given one; false when the time is over first. */
    public boolean awaitBeyond(long known, Duration atMost) throws InterruptedException {
        if (position > known) {
            return true;
        }
        long nanosLeft = atMost.toNanos();
        lock.lockInterruptibly();
        waiting++;
        try {
            while (position <= known) {
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
}
