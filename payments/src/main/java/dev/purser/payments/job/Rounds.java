package dev.purser.payments.job;

import dev.purser.domain.LedgerUnavailable;
import dev.purser.payments.stripe.StripeFailure;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does its work at the start and then from time to time, whenever it is this node's turn. Thread-safe. */
public final class Rounds implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(15);

    private final String name;
    private final Runnable work;
    private final BooleanSupplier turn;
    private final Duration interval;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopped = lock.newCondition();
    private boolean stopping;
    private @Nullable Thread worker;

    /**
     * @param name for logs
     * @param turn whether it is this node that works now; of several one is enough
     */
    public Rounds(String name, Runnable work, BooleanSupplier turn, Duration interval) {
        this.name = name;
        this.work = work;
        this.turn = turn;
        this.interval = interval;
    }

    public void start() {
        lock.lock();
        try {
            if (worker == null) {
                stopping = false;
                worker = Thread.ofVirtual().name(name).start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets the round under way come to its end, for a while. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            stopping = true;
            stopped.signalAll();
            running = worker;
            worker = null;
        } finally {
            lock.unlock();
        }
        if (running == null) {
            return;
        }
        try {
            if (!running.join(STOP_AT_MOST)) {
                log.warn("{} has not stopped within {}", name, STOP_AT_MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        do {
            if (turn.getAsBoolean()) {
                round();
            }
        } while (pause());
    }

    private void round() {
        try {
            work.run();
        } catch (LedgerUnavailable | StripeFailure e) {
            log.info("{} waits: {}", name, e.getMessage());
        } catch (RuntimeException e) {
            log.warn("{} failed and is tried again in {}", name, interval, e);
        }
    }

    /** False when it is time to stop. */
    private boolean pause() {
        long nanosLeft = interval.toNanos();
        lock.lock();
        try {
            while (!stopping && nanosLeft > 0) {
                nanosLeft = stopped.awaitNanos(nanosLeft);
            }
            return !stopping;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
