package dev.purser.sandbox.event;

import dev.purser.sandbox.DeliverySettings;
import dev.purser.sandbox.store.Mode;
import dev.purser.sandbox.store.Store;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings every event to the webhook at least once, oldest first, several at a time, and again with growing delays while
 * that fails. Events wait while there is no webhook or deliveries are paused. What was not delivered when the process
 * ended is delivered after the next start. Thread-safe.
 */
public final class Deliveries implements AutoCloseable {
    private static final long START = System.nanoTime();

    private final Store store;
    private final DeliverySettings settings;
    private final Courier courier;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private @Nullable URI webhook;
    private boolean paused;
    private boolean closed;
    private Duration delay = Duration.ZERO;
    private int running;
    private long count;

    /**
     * An event on its way; times are nanoseconds since {@link #START}.
     *
     * @param at when to try
     * @param since when the first attempt was due
     * @param attempt 1 for the first
     * @param number the order among those that are due at the same time
     */
    private record Due(Mode mode, String event, long at, long since, int attempt, long number) {}

    public Deliveries(Store store, Map<Mode, String> secrets, DeliverySettings settings) {
        this.store = store;
        this.settings = settings;
        this.courier = new Courier(store, secrets, settings.timeout());
    }

    /** Begins with what was left undelivered. */
    public void start(@Nullable URI to) {
        deliverTo(to);
        for (Mode mode : Mode.values()) {
            recorded(mode, store.undelivered(mode));
        }
        Thread.ofVirtual().name("sandbox-deliveries").start(this::dispatch);
    }

    public void deliverTo(@Nullable URI to) {
        signalling(() -> webhook = to);
    }

    /** Takes events that were just recorded. */
    public void recorded(Mode mode, List<String> events) {
        if (!courier.serves(mode)) {
            store.delivered(mode, events);
            return;
        }
        signalling(() -> {
            long at = now() + delay.toNanos();
            events.forEach(event -> queue.add(new Due(mode, event, at, at, 1, count++)));
        });
    }

    public void pause() {
        signalling(() -> paused = true);
    }

    /** Goes on, if asked without the events that waited. Returns how many were dropped. */
    public int resume(boolean drop) {
        List<Due> dropped = new ArrayList<>();
        signalling(() -> {
            paused = false;
            if (drop) {
                dropped.addAll(queue);
                queue.clear();
            }
        });
        dropped.forEach(due -> store.delivered(due.mode(), List.of(due.event())));
        return dropped.size();
    }

    /** Every event recorded from now on waits this long. */
    public void delay(Duration by) {
        signalling(() -> delay = by);
    }

    /** Waits until nothing is on its way; false if that takes longer. */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!queue.isEmpty() || running > 0) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How many events are on their way. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size() + running;
        } finally {
            lock.unlock();
        }
    }

    /** Newest first. */
    public List<Attempt> log() {
        return courier.log();
    }

    /**
     * Posts these events in exactly this order, once each, over as many connections.
     *
     * @return the attempts
     * @throws IllegalStateException if there is no webhook
     */
    public List<Attempt> redeliver(Mode mode, List<String> events, int parallel) throws InterruptedException {
        URI to;
        lock.lock();
        try {
            to = webhook;
        } finally {
            lock.unlock();
        }
        if (to == null || !courier.serves(mode)) {
            throw new IllegalStateException("There is no webhook to deliver to, or no secret of this mode");
        }
        return new Redelivery(courier, mode, to, events).run(parallel);
    }

    private void dispatch() {
        lock.lock();
        try {
            while (!closed) {
                Due due = queue.peek();
                URI to = webhook;
                if (due == null || to == null || paused || running >= settings.parallelism()) {
                    changed.await();
                } else if (due.at() > now()) {
                    changed.awaitNanos(due.at() - now());
                } else {
                    queue.remove();
                    running++;
                    Thread.ofVirtual().name("sandbox-delivery").start(() -> attempt(due, to));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void attempt(Due due, URI to) {
        boolean again = false;
        try {
            Attempt attempt = courier.post(due.mode(), due.event(), due.attempt(), to);
            boolean tooOld = now() - due.since() > settings.giveUpAfter().toNanos();
            again = attempt != null && !attempt.succeeded() && !tooOld;
            if (!again) {
                store.delivered(due.mode(), List.of(due.event()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            boolean retry = again;
            signalling(() -> {
                running--;
                if (retry) {
                    long at = now() + settings.delayAfter(due.attempt()).toNanos();
                    queue.add(new Due(due.mode(), due.event(), at, due.since(), due.attempt() + 1, due.number()));
                }
            });
        }
    }

    private void signalling(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long now() {
        return System.nanoTime() - START;
    }

    /** Ends what is on its way, too: it counts as undelivered. */
    @Override
    public void close() {
        signalling(() -> closed = true);
        courier.close();
        long left = settings.timeout().toNanos();
        lock.lock();
        try {
            while (running > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
