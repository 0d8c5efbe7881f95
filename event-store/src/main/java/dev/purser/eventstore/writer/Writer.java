package dev.purser.eventstore.writer;

import dev.purser.eventstore.LedgerUnavailable;
import dev.purser.eventstore.NotLeading;
import dev.purser.eventstore.OutcomeUnknown;
import dev.purser.eventstore.append.Append;
import dev.purser.eventstore.append.AppendQueue;
import dev.purser.eventstore.append.InFlight;
import dev.purser.eventstore.log.HeadSignal;
import dev.purser.eventstore.writer.Committer.Outcome;
import dev.purser.eventstore.writer.Committer.Storing;
import dev.purser.eventstore.writer.WriterLink.LeadTaken;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is queued and stores it in groups, one transaction each. Under load the next group is judged and laid out
 * while the one before it commits, and callers are woken while the next one does. Every append gets exactly one verdict,
 * and "durable" only after its commit returned or its events were found in the database.
 */
public final class Writer {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final Duration IDLE_CHECK = Duration.ofMillis(500);
    private static final Duration LEAD_POLL = Duration.ofMillis(200);
    private static final Duration LEADER_SILENT_FOR = Duration.ofMillis(2_500);

    // Below, handing a group to another thread costs more than the overlap saves.
    private static final int WORTH_OVERLAPPING = 16;

    // While a commit is under way, the writer is woken for so many appends, not for each.
    private static final int WORTH_WAKING_FOR = 64;

    private final AppendQueue queue;
    private final WriterSettings settings;
    private final Verdicts verdicts;
    private final Lead lead;
    private final Judge judge;
    private final List<Committer> committers;
    private final Consumer<Boolean> onLeadChange;
    private final Thread thread;
    // Taken from the queue, but not judged yet.
    private final ArrayDeque<Append> waiting = new ArrayDeque<>();
    private boolean outage;
    private boolean following;

    /**
     * A writer for a queue.
     *
     * @param onForeignEvents called when somebody else wrote while this process did not lead: whatever is cached of any
     *     stream may be out of date
     * @param onLeadChange called with true when this process begins to lead, with false when another does
     */
    public Writer(
            AppendQueue queue,
            InFlight inFlight,
            HeadSignal signal,
            Runnable onForeignEvents,
            Consumer<Boolean> onLeadChange,
            ConnectionSource source,
            Clock clock,
            WriterSettings settings) {
        this.queue = queue;
        this.settings = settings;
        this.verdicts = new Verdicts(queue, inFlight);
        WriterLink link = new WriterLink(source, clock, settings.standby() ? LEADER_SILENT_FOR : null);
        DurableHeads heads = new DurableHeads(settings.knownHeads());
        this.lead = new Lead(link, heads, signal, onForeignEvents);
        this.judge = new Judge(heads);
        this.committers = List.of(
                new Committer("ledger-committer-1", link.first(), queue::nudge),
                new Committer("ledger-committer-2", link.second(), queue::nudge));
        this.onLeadChange = onLeadChange;
        this.thread = new Thread(this::run, "ledger-writer");
        this.thread.setDaemon(true);
    }

    /**
     * Connects, takes the lead and starts writing. If another process has the lead and keeps it, fails; or waits for it in
     * the background, if the settings say so.
     */
    public void start() {
        try {
            lead.take(settings.standby() ? Duration.ZERO : settings.leadWait());
            onLeadChange.accept(true);
        } catch (LeadTaken e) {
            if (!settings.standby()) {
                lead.lose();
                throw new LedgerUnavailable("the ledger cannot be opened for writing: " + e.getMessage(), e);
            }
            follow();
        } catch (SQLException e) {
            lead.lose();
            throw new LedgerUnavailable("the ledger cannot be opened for writing: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lead.lose();
            throw new LedgerUnavailable("interrupted while waiting for the lead", e);
        }
        queue.open();
        committers.forEach(Committer::start);
        thread.start();
    }

    /** Refuses further appends, stores what is queued, gives up the lead. */
    public void stop(Duration atMost) throws InterruptedException {
        queue.close();
        if (thread.isAlive() && !thread.join(atMost)) {
            LOG.warn("the ledger's writer is still storing after {} ms", atMost.toMillis());
        }
    }

    private void run() {
        try {
            while (!queue.isFinished() || !waiting.isEmpty()) {
                if (following) {
                    waitForLead();
                    continue;
                }
                List<Append> batch = next();
                if (batch.isEmpty()) {
                    checkIdleLead();
                } else if (batch.size() < WORTH_OVERLAPPING || !lead.isHeld()) {
                    write(batch);
                } else {
                    writeOverlapping(batch);
                }
            }
        } finally {
            committers.forEach(Committer::stop);
            lead.lose();
            refuseWhatIsLeft();
        }
    }

    private List<Append> next() {
        if (!waiting.isEmpty()) {
            List<Append> left = List.copyOf(waiting);
            waiting.clear();
            return left;
        }
        return take(IDLE_CHECK);
    }

    private List<Append> take(Duration atMost) {
        try {
            return queue.take(settings.batchAppends(), settings.batchBytes(), atMost);
        } catch (InterruptedException e) {
            // Nobody but the owner of the queue may end the writer: callers wait for its verdicts.
            LOG.warn("an interrupt of the ledger's writer was ignored", e);
            return List.of();
        }
    }

    /**
     * Stores the batch, and what comes while it is stored, and so on as long as more comes and nothing goes wrong. Up to
     * two plans are being stored, the second committing only after the first, while a third is laid out.
     */
    private void writeOverlapping(List<Append> batch) {
        waiting.addAll(batch);
        ArrayDeque<Storing> underWay = new ArrayDeque<>();
        FlushPlan next = null;
        Storing ended = null;
        try {
            lead.foundStored(null);
            next = judge.judge(batch, Map.of(), true, lead.link());
            notWaiting(next.size());
            if (!begin(next, underWay)) {
                verdicts.failed(next.refused);
                return;
            }
            next = lead.link().newPlanBehind(plans(underWay));
            while (!underWay.isEmpty()) {
                judgeMeanwhile(underWay, next);
                if (!underWay.getFirst().isDone() && begin(next, underWay)) {
                    next = lead.link().newPlanBehind(plans(underWay));
                    continue;
                }
                ended = underWay.getFirst();
                if (!ended.outcome().isStored()) {
                    underWay.forEach(Storing::outcome);
                    writeAfter(underWay, next);
                    return;
                }
                lead.heads().putAll(ended.plan().heads);
                lead.stored(ended.plan());
                noteOutage(false);
                underWay.removeFirst();
                if (begin(next, underWay)) {
                    next = lead.link().newPlanBehind(plans(underWay));
                }
                verdicts.durable(ended.plan().accepted);
                verdicts.failed(ended.plan().refused);
                ended = null;
            }
            verdicts.failed(next.refused);
        } catch (SQLException e) {
            // Broken before anything was begun: the slow way finds out what to do.
            write(next());
        } catch (RuntimeException | Error e) {
            underWay.forEach(Storing::outcome);
            List<Append> undecided = new ArrayList<>(ended == null ? List.of() : ended.plan().judged);
            undecided.addAll(judged(underWay, next));
            waiting.clear();
            failed(undecided, e);
        }
    }

    private static List<FlushPlan> plans(Collection<Storing> underWay) {
        return underWay.stream().map(Storing::plan).toList();
    }

    /** All that has no verdict yet, in order. */
    private List<Append> judged(Collection<Storing> underWay, @Nullable FlushPlan next) {
        List<Append> judged = new ArrayList<>();
        underWay.forEach(storing -> judged.addAll(storing.plan().judged));
        if (next != null && plans(underWay).stream().noneMatch(plan -> plan == next)) {
            judged.addAll(next.judged);
        }
        judged.addAll(waiting);
        return judged;
    }

    /** Begins to store the plan, behind what is under way; false if there is nothing to store, or no session free. */
    private boolean begin(FlushPlan plan, ArrayDeque<Storing> underWay) {
        if (plan.isEmpty() || underWay.size() == committers.size()) {
            return false;
        }
        FlushPlan newest = underWay.isEmpty() ? null : underWay.getLast().plan();
        WriterLink.requireNext(
                plan, newest == null ? lead.link().lastPosition() : newest.firstPosition + newest.events() - 1);
        Committer free = committers.stream()
                .filter(committer -> underWay.stream().noneMatch(storing -> storing.by() == committer))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("both committers are busy"));
        underWay.addLast(free.begin(plan, underWay.peekLast()));
        return true;
    }

    /** Until the oldest plan is stored, or the next one is worth being begun, judges what is queued for it. */
    private void judgeMeanwhile(ArrayDeque<Storing> underWay, FlushPlan next) {
        Storing oldest = underWay.getFirst();
        List<FlushPlan> ahead = plans(underWay);
        boolean sessionFree = underWay.size() < committers.size();
        while (true) {
            boolean ended = oldest.isDone();
            notWaiting(judge.judgeBehind(ahead, next, waiting));
            boolean isFull = next.size() >= settings.batchAppends() || next.bytes() >= settings.batchBytes();
            boolean isWorthIt = sessionFree && next.size() >= WORTH_OVERLAPPING && !next.isEmpty();
            if (ended || isFull || isWorthIt || !waiting.isEmpty()) {
                return;
            }
            int room = settings.batchAppends() - next.size();
            int worthWaking = sessionFree ? Math.max(1, WORTH_OVERLAPPING - next.size()) : WORTH_WAKING_FOR;
            waiting.addAll(queue.takeUnless(
                    oldest::isDone, Math.min(worthWaking, room), room, settings.batchBytes() - next.bytes()));
        }
    }

    private void notWaiting(int judged) {
        for (int i = 0; i < judged; i++) {
            waiting.removeFirst();
        }
    }

    /** Something went wrong with the oldest plan: what was judged behind it, as if it were stored, is judged again. */
    private void writeAfter(ArrayDeque<Storing> underWay, FlushPlan next) {
        FlushPlan tried = underWay.getFirst().plan();
        Outcome outcome = underWay.getFirst().outcome();
        List<Append> rest = judged(underWay, next);
        waiting.clear();
        if (outcome.failure() == null || outcome.failure() instanceof SQLException) {
            Flush flush = flush(tried.judged);
            try {
                int decided = flush.runAfter(tried, outcome.taken(), (SQLException) outcome.failure());
                write(rest.subList(decided, rest.size()), flush);
            } catch (RuntimeException | Error e) {
                failed(rest, e);
            }
        } else {
            failed(rest, outcome.failure());
        }
    }

    private void write(List<Append> batch) {
        write(batch, null);
    }

    /** Stores a batch flush by flush. */
    private void write(List<Append> batch, @Nullable Flush before) {
        List<Append> rest = batch;
        try {
            int take = before == null ? rest.size() : learn(before);
            while (!rest.isEmpty()) {
                if (following) {
                    verdicts.failed(rest, new NotLeading("another process writes to this ledger"));
                    return;
                }
                Flush flush = flush(rest.subList(0, Math.min(take, rest.size())));
                int decided = flush.run();
                rest = rest.subList(decided, rest.size());
                take = learn(flush);
            }
        } catch (RuntimeException | Error e) {
            failed(rest, e);
        }
    }

    private Flush flush(List<Append> appends) {
        // After one outage was waited for in vain, those behind it are answered after one try each.
        Duration recoverFor = outage ? Duration.ZERO : settings.recoverFor();
        return new Flush(appends, lead, verdicts, recoverFor, settings.standby());
    }

    private int learn(Flush flush) {
        noteOutage(flush.gaveUp());
        if (flush.ledByAnother()) {
            follow();
        }
        return flush.nextTake();
    }

    private void noteOutage(boolean now) {
        if (now != outage) {
            outage = now;
            LOG.warn(now ? "the ledger's database cannot be written" : "the ledger's database can be written again");
        }
    }

    // A bug or exhausted memory, and perhaps in the middle of a commit: what was not decided is not known.
    private void failed(List<Append> batch, Throwable e) {
        LOG.error("the ledger's writer failed on a batch", e);
        lead.lose();
        OutcomeUnknown unknown = new OutcomeUnknown("the ledger's writer failed on the batch of this command", e);
        verdicts.failed(
                batch.stream().distinct().filter(append -> !append.isDecided()).toList(), unknown);
    }

    // A lead that was lost while nobody wrote is noticed here, and taken again if nobody else has taken it.
    private void checkIdleLead() {
        if (lead.isHeld() && !lead.link().recover()) {
            LOG.info("the writer's idle connection broke");
            lead.lose();
        }
        if (!lead.isHeld() && !queue.isFinished()) {
            retakeLead();
        }
    }

    private void retakeLead() {
        try {
            lead.retake(Duration.ZERO);
            lead.foundStored(null);
            noteOutage(false);
            if (following) {
                LOG.info("this process writes to the ledger now");
                following = false;
                queue.setLed(true);
                onLeadChange.accept(true);
            }
        } catch (LeadTaken e) {
            if (!settings.standby()) {
                lead.lose();
            } else if (!following) {
                follow();
            }
        } catch (SQLException e) {
            LOG.debug("the writer cannot take the lead yet", e);
            lead.lose();
        }
    }

    private void follow() {
        LOG.info("another process writes to the ledger, this one waits for the lead");
        following = true;
        queue.setLed(false);
        lead.follow();
        onLeadChange.accept(false);
    }

    private void waitForLead() {
        // Queued before it was known that another process leads.
        verdicts.failed(take(LEAD_POLL), new NotLeading("another process writes to this ledger"));
        if (!queue.isFinished()) {
            retakeLead();
        }
    }

    // Only after something as bad as exhausted memory is anything left: nobody must wait for a writer that is no more.
    private void refuseWhatIsLeft() {
        queue.close();
        LedgerUnavailable over = new LedgerUnavailable("the ledger's writer has ended", null);
        verdicts.failed(waiting, over);
        while (!queue.isFinished()) {
            verdicts.failed(take(Duration.ZERO), over);
        }
    }
}
