package dev.purser.eventstore.writer;

import dev.purser.eventstore.LedgerUnavailable;
import dev.purser.eventstore.OutcomeUnknown;
import dev.purser.eventstore.append.Append;
import dev.purser.eventstore.append.AppendQueue;
import dev.purser.eventstore.append.InFlight;
import dev.purser.eventstore.log.HeadSignal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is queued and stores it in groups, one transaction each, on one platform thread. Every append gets exactly
 * one verdict, and "durable" only after its commit returned or its events were found in the database.
 */
public final class Writer {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final Duration IDLE_CHECK = Duration.ofSeconds(1);

    private final AppendQueue queue;
    private final WriterSettings settings;
    private final Verdicts verdicts;
    private final Lead lead;
    private final Thread thread;
    private boolean outage;

    /**
     * A writer for a queue.
     *
     * @param onForeignEvents called when somebody else wrote while this process did not lead: whatever is cached of any
     *     stream may be out of date
     */
    public Writer(
            AppendQueue queue,
            InFlight inFlight,
            HeadSignal signal,
            Runnable onForeignEvents,
            ConnectionSource source,
            Clock clock,
            WriterSettings settings) {
        this.queue = queue;
        this.settings = settings;
        this.verdicts = new Verdicts(queue, inFlight);
        this.lead = new Lead(
                new WriterLink(source, clock), new DurableHeads(settings.knownHeads()), signal, onForeignEvents);
        this.thread = new Thread(this::run, "ledger-writer");
        this.thread.setDaemon(true);
    }

    /** Connects, takes the lead and starts writing; fails if the lead cannot be had in time. */
    public void start() {
        try {
            lead.take(settings.leadWait());
        } catch (SQLException e) {
            throw new LedgerUnavailable("the ledger cannot be opened for writing: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailable("interrupted while waiting for the lead", e);
        }
        queue.open();
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
            while (!queue.isFinished()) {
                List<Append> batch = next();
                if (batch.isEmpty()) {
                    checkIdleLead();
                } else {
                    write(batch);
                }
            }
        } finally {
            lead.lose();
            refuseWhatIsLeft();
        }
    }

    private List<Append> next() {
        try {
            return queue.take(settings.batchAppends(), settings.batchBytes(), IDLE_CHECK);
        } catch (InterruptedException e) {
            // Nobody but the owner of the queue may end the writer: callers wait for its verdicts.
            LOG.warn("an interrupt of the ledger's writer was ignored", e);
            return List.of();
        }
    }

    private void write(List<Append> batch) {
        List<Append> rest = batch;
        try {
            int take = rest.size();
            while (!rest.isEmpty()) {
                // After one outage was waited for in vain, those behind it are answered after one try each.
                Flush flush = new Flush(
                        rest.subList(0, Math.min(take, rest.size())),
                        lead,
                        verdicts,
                        outage ? Duration.ZERO : settings.recoverFor());
                int decided = flush.run();
                outage = flush.gaveUp();
                rest = rest.subList(decided, rest.size());
                take = flush.nextTake();
            }
        } catch (RuntimeException | Error e) {
            // A bug or exhausted memory, and perhaps in the middle of a commit: what was not decided is not known.
            LOG.error("the ledger's writer failed on a batch", e);
            lead.lose();
            OutcomeUnknown unknown = new OutcomeUnknown("the ledger's writer failed on the batch of this command", e);
            verdicts.failed(batch.stream().filter(append -> !append.isDecided()).toList(), unknown);
        }
    }

    // A lead that was lost while nobody wrote is noticed here, and taken again if nobody else has taken it.
    private void checkIdleLead() {
        if (lead.isHeld() && !lead.link().recover()) {
            LOG.info("the writer's idle connection broke");
            lead.lose();
        }
        if (!lead.isHeld() && !queue.isFinished()) {
            try {
                lead.retake(Duration.ZERO);
                lead.foundStored(null);
                outage = false;
            } catch (SQLException e) {
                LOG.debug("the writer cannot take the lead again yet", e);
                lead.lose();
            }
        }
    }

    // Only after something as bad as exhausted memory is anything left: nobody must wait for a writer that is no more.
    private void refuseWhatIsLeft() {
        queue.close();
        LedgerUnavailable over = new LedgerUnavailable("the ledger's writer has ended", null);
        while (!queue.isFinished()) {
            verdicts.failed(next(), over);
        }
    }
}
