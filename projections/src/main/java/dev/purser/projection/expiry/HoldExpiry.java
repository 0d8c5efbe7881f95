package dev.purser.projection.expiry;

import dev.purser.domain.Ledger;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.projection.wallet.OverdueHold;
import dev.purser.projection.wallet.WalletQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for overdue holds from time to time and asks their wallets to close them. A wallet decides by its own state, so
 * that any number of nodes may ask, and a read model that lags does no harm.
 */
public final class HoldExpiry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HoldExpiry.class);
    private static final int BATCH_SIZE = 500;
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(10);
    private static final Cause CAUSE = new Cause("hold-expiry", "");

    private final WalletQueries wallets;
    private final Ledger ledger;
    private final BooleanSupplier turn;
    private final Clock clock;
    private final Duration interval;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopped = lock.newCondition();
    private boolean stopping;
    private @Nullable Thread worker;

    /** @param turn whether it is this node that looks now; of several one is enough */
    public HoldExpiry(WalletQueries wallets, Ledger ledger, BooleanSupplier turn, Clock clock, Duration interval) {
        this.wallets = wallets;
        this.ledger = ledger;
        this.turn = turn;
        this.clock = clock;
        this.interval = interval;
    }

    public void start() {
        lock.lock();
        try {
            if (worker == null) {
                stopping = false;
                worker = Thread.ofVirtual().name("hold-expiry").start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Finishes the command under way and stops. */
    public void stop() {
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
                log.warn("the expiry of holds has not stopped within {}", STOP_AT_MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Asks for one batch of overdue holds to be closed; answers how many were found. */
    public int expireOverdue() {
        Instant now = clock.instant();
        List<OverdueHold> overdue = wallets.overdue(now, BATCH_SIZE);
        for (OverdueHold hold : overdue) {
            if (isStopping()) {
                break;
            }
            try {
                ledger.send(new ExpireHold(hold.walletId(), hold.holdId(), now), CAUSE);
            } catch (LedgerUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                // One wallet that cannot answer must not keep the others' holds open.
                log.warn("hold {} of {} is not expired", hold.holdId(), hold.walletId(), e);
            }
        }
        return overdue.size();
    }

    private void run() {
        while (!isStopping()) {
            try {
                int found = turn.getAsBoolean() ? expireOverdue() : 0;
                if (found > 0) {
                    log.info("{} overdue holds", found);
                }
            } catch (LedgerUnavailable e) {
                log.info("the expiry of holds waits for the ledger: {}", e.getMessage());
            } catch (RuntimeException e) {
                log.warn("the expiry of holds failed and is tried again", e);
            }
            pause();
        }
    }

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        long nanosLeft = interval.toNanos();
        lock.lock();
        try {
            while (!stopping && nanosLeft > 0) {
                nanosLeft = stopped.awaitNanos(nanosLeft);
            }
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
