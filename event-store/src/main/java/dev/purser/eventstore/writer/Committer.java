package dev.purser.eventstore.writer;

import dev.purser.eventstore.inline.InlineRow;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores one plan at a time on a thread and a session of its own, so that the writer judges and lays out the next one
 * meanwhile. A plan behind another that is still being stored is executed beside it, and committed only when that one is;
 * if that one is not stored, nothing of it is.
 */
final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final WriterSession session;
    private final Runnable onDone;
    private final ArrayBlockingQueue<Storing> handed = new ArrayBlockingQueue<>(1);
    private final Thread thread;

    /**
     * What became of a plan.
     *
     * @param taken claims that were taken already, for which nothing was stored
     * @param failure what broke, and it is not known whether before or after the commit
     * @param isStored whether its commit returned
     */
    record Outcome(Set<InlineRow> taken, @Nullable Throwable failure, boolean isStored) {
        private static final Outcome STORED = new Outcome(Set.of(), null, true);

        /** The plan ahead was not stored, so this one was rolled back. */
        private static final Outcome GIVEN_UP = new Outcome(Set.of(), null, false);
    }

    /** A plan that is being stored. */
    static final class Storing {
        private final FlushPlan plan;
        private final Committer by;
        private @Nullable Storing ahead;
        private final CompletableFuture<Void> executed = new CompletableFuture<>();
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

        private Storing(FlushPlan plan, Committer by, @Nullable Storing ahead) {
            this.plan = plan;
            this.by = by;
            this.ahead = ahead;
        }

        FlushPlan plan() {
            return plan;
        }

        Committer by() {
            return by;
        }

        boolean isDone() {
            return outcome.isDone();
        }

        /** What became of it; waits for it. */
        Outcome outcome() {
            return outcome.join();
        }
    }

    /** @param onDone called on this object's thread after each plan: it must only wake somebody */
    Committer(String name, WriterSession session, Runnable onDone) {
        this.session = session;
        this.onDone = onDone;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread; nothing may be under way. */
    void stop() {
        thread.interrupt();
    }

    /**
     * Begins to store a plan; the one before it by this object must be done.
     *
     * @param ahead the plan that must be stored before; null if all are
     */
    Storing begin(FlushPlan plan, @Nullable Storing ahead) {
        Storing storing = new Storing(plan, this, ahead);
        handed.add(storing);
        return storing;
    }

    private void run() {
        while (true) {
            Storing storing;
            try {
                storing = handed.take();
            } catch (InterruptedException e) {
                return;
            }
            Outcome outcome = store(storing);
            // Or each would keep all that were stored before it in memory.
            storing.ahead = null;
            storing.executed.complete(null);
            storing.outcome.complete(outcome);
            onDone.run();
        }
    }

    private Outcome store(Storing storing) {
        try {
            return storeBehind(storing, storing.ahead);
        } catch (Throwable e) {
            if (storing.ahead == null || storing.ahead.outcome().isStored()) {
                return new Outcome(Set.of(), e, false);
            }
            LOG.info("a plan behind one that was not stored broke: {}", e.toString());
            session.recover();
            return Outcome.GIVEN_UP;
        }
    }

    private Outcome storeBehind(Storing storing, @Nullable Storing ahead) throws SQLException {
        FlushPlan plan = storing.plan;
        if (ahead != null && mustWait(plan, ahead) && !ahead.outcome().isStored()) {
            return Outcome.GIVEN_UP;
        }
        if (ahead == null || ahead.isDone()) {
            if (ahead != null && !ahead.outcome().isStored()) {
                return Outcome.GIVEN_UP;
            }
            if (plan.inline.isEmpty()) {
                storing.executed.complete(null);
                session.store(plan);
                return Outcome.STORED;
            }
        } else {
            // Two transactions may lock the same rows only in the order in which they will commit.
            ahead.executed.join();
        }
        Set<InlineRow> taken = session.execute(plan);
        storing.executed.complete(null);
        if (ahead != null && !ahead.outcome().isStored()) {
            session.recover();
            return Outcome.GIVEN_UP;
        }
        if (!taken.isEmpty()) {
            session.rollback();
            return new Outcome(taken, null, false);
        }
        session.commit();
        return Outcome.STORED;
    }

    /** Whether some row depends on what the plan ahead makes of it, which nobody else sees before that one's commit. */
    private static boolean mustWait(FlushPlan plan, Storing ahead) {
        return plan.inline.touchesAnyOf(ahead.plan.inline);
    }
}
