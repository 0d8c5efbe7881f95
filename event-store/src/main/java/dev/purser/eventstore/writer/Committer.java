package dev.purser.eventstore.writer;

import dev.purser.eventstore.inline.InlineRow;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stores one plan at a time on a thread of its own, so that the writer judges and lays out the next one meanwhile. While
 * a plan is being stored the link is this thread's; otherwise it is the writer's.
 */
final class Committer {

    private final WriterLink link;
    private final Runnable onDone;
    private final ArrayBlockingQueue<Order> handed = new ArrayBlockingQueue<>(1);
    private final Thread thread = new Thread(this::run, "ledger-committer");
    private CompletableFuture<Outcome> outcome = CompletableFuture.completedFuture(new Outcome(Set.of(), null));

    private record Order(FlushPlan plan, CompletableFuture<Outcome> outcome) {}

    /**
     * What became of a plan.
     *
     * @param taken claims that were taken already, for which nothing was stored
     * @param failure what broke, and it is not known whether before or after the commit
     */
    record Outcome(Set<InlineRow> taken, @Nullable Throwable failure) {
        boolean isStored() {
            return taken.isEmpty() && failure == null;
        }
    }

    /** @param onDone called on this object's thread after each plan: it must only wake somebody */
    Committer(WriterLink link, Runnable onDone) {
        this.link = link;
        this.onDone = onDone;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread; nothing may be under way. */
    void stop() {
        thread.interrupt();
    }

    /** Begins to store a plan; the one before it must be done. */
    void begin(FlushPlan plan) {
        outcome = new CompletableFuture<>();
        handed.add(new Order(plan, outcome));
    }

    /** Whether nothing is under way. */
    boolean isDone() {
        return outcome.isDone();
    }

    /** What became of the last plan; waits for it. */
    Outcome outcome() {
        return outcome.join();
    }

    private void run() {
        while (true) {
            Order order;
            try {
                order = handed.take();
            } catch (InterruptedException e) {
                return;
            }
            order.outcome().complete(store(order.plan()));
            onDone.run();
        }
    }

    private Outcome store(FlushPlan plan) {
        try {
            return new Outcome(link.store(plan), null);
        } catch (Throwable e) {
            return new Outcome(Set.of(), e);
        }
    }
}
