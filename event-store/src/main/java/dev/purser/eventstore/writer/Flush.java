package dev.purser.eventstore.writer;

import dev.purser.eventstore.LedgerUnavailable;
import dev.purser.eventstore.NotLeading;
import dev.purser.eventstore.OutcomeUnknown;
import dev.purser.eventstore.UniqueClaimViolated;
import dev.purser.eventstore.append.Append;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.eventstore.writer.WriterLink.LeadTaken;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of appends until they, or a first part of them, have their verdicts: judge, store, and where that breaks, find
 * out what is stored before judging again.
 */
final class Flush {

    private static final Logger LOG = LoggerFactory.getLogger(Flush.class);
    private static final String UNIQUE_VIOLATION = "23505";
    // Classes of errors that are no fault of the rows: resources, an operator's intervention, the system below.
    private static final Set<String> OF_THE_DATABASE = Set.of("53", "57", "58");
    private static final long RECONNECT_PAUSE_MILLIS = 20;
    private static final int UNDECIDED = -1;

    private final List<Append> appends;
    private final Lead lead;
    private final Verdicts verdicts;
    private final Judge judge;
    private final Map<Append, RuntimeException> offenders = new HashMap<>();
    private final long recoverForNanos;
    private final boolean standby;
    private long giveUpAtNanos;
    private boolean recovering;
    private boolean gaveUp;
    private boolean ledByAnother;
    private boolean trustNew = true;
    private int nextTake = Integer.MAX_VALUE;

    // Handed to the database, and not known whether it is stored.
    private @Nullable FlushPlan unresolved;

    Flush(List<Append> appends, Lead lead, Verdicts verdicts, Duration recoverFor, boolean standby) {
        this.appends = appends;
        this.lead = lead;
        this.verdicts = verdicts;
        this.judge = new Judge(lead.heads());
        this.recoverForNanos = recoverFor.toNanos();
        this.standby = standby;
    }

    /** How many appends the next flush should take at most. */
    int nextTake() {
        return nextTake;
    }

    /** Whether the database could not be reached in time, or could not store anything. */
    boolean gaveUp() {
        return gaveUp;
    }

    /** Whether another process was found to have the lead. */
    boolean ledByAnother() {
        return ledByAnother;
    }

    /** Runs; returns how many appends, from the first, have got their verdicts. */
    int run() {
        int decided = UNDECIDED;
        while (decided < 0) {
            decided = tryOnce();
        }
        return decided;
    }

    /** As {@link #run}, after a plan of these appends was not stored as it should. */
    int runAfter(FlushPlan tried, Set<InlineRow> taken, @Nullable SQLException failure) {
        int decided = UNDECIDED;
        if (failure == null) {
            refuseClaims(tried, taken);
        } else {
            unresolved = tried;
            decided = failed(failure, tried);
        }
        return decided < 0 ? run() : decided;
    }

    private int tryOnce() {
        FlushPlan plan = null;
        try {
            if (!lead.isHeld()) {
                lead.retake(standby ? Duration.ZERO : remaining());
            }
            FlushPlan brokenOff = unresolved;
            boolean isStored = lead.foundStored(brokenOff);
            unresolved = null;
            if (isStored && brokenOff != null) {
                return settle(brokenOff);
            }
            plan = judge.judge(appends, offenders, trustNew, lead.link());
            if (plan.isEmpty()) {
                return settle(plan);
            }
            unresolved = plan;
            Set<InlineRow> taken = lead.link().store(plan);
            unresolved = null;
            if (taken.isEmpty()) {
                return settle(plan);
            }
            refuseClaims(plan, taken);
            return UNDECIDED;
        } catch (SQLException e) {
            return failed(e, plan);
        }
    }

    private int failed(SQLException e, @Nullable FlushPlan plan) {
        try {
            if (standby && e instanceof LeadTaken) {
                return refusedByLead();
            }
        } catch (SQLException broken) {
            return broken(broken);
        }
        if (plan == null && unresolved != null) {
            // It was the question whether something is stored that was refused.
            return broken(e);
        }
        return isRefusal(e) && lead.link().recover() ? refusedByDatabase(e, plan) : broken(e);
    }

    /** Another process leads, so this one's old session is over and what it was storing is stored or never will be. */
    private int refusedByLead() throws SQLException {
        FlushPlan brokenOff = unresolved;
        boolean isStored = brokenOff != null && lead.link().isStored(brokenOff);
        ledByAnother = true;
        if (isStored && brokenOff != null) {
            verdicts.durable(brokenOff.accepted);
            verdicts.failed(brokenOff.refused);
        }
        NotLeading elsewhere = new NotLeading("another process writes to this ledger now");
        verdicts.failed(appends.stream().filter(append -> !append.isDecided()).toList(), elsewhere);
        return appends.size();
    }

    private void refuseClaims(FlushPlan plan, Set<InlineRow> taken) {
        for (InlineRow row : taken) {
            offenders.put(
                    plan.claimantOf(row), new UniqueClaimViolated(row.table().name(), row.key()));
        }
    }

    private int settle(FlushPlan plan) {
        lead.heads().putAll(plan.heads);
        lead.stored();
        int decided = plan.size();
        verdicts.durable(plan.accepted);
        verdicts.failed(plan.refused);
        return decided;
    }

    // Only what the server itself calls an error is known to have rolled back; anything else may have been committed.
    private static boolean isRefusal(SQLException e) {
        return e instanceof PSQLException fromDriver && fromDriver.getServerErrorMessage() != null;
    }

    /** The session is sound and the transaction rolled back: the database did not want these rows. */
    private int refusedByDatabase(SQLException e, @Nullable FlushPlan plan) {
        unresolved = null;
        forgetHeads();
        if (UNIQUE_VIOLATION.equals(e.getSQLState()) && trustNew) {
            // A stream that an append begins exists already, or somebody else wrote: look, then judge again.
            trustNew = false;
            readEndAgain();
            return UNDECIDED;
        }
        int tried = plan == null ? appends.size() : plan.size();
        if (e.getSQLState() != null && OF_THE_DATABASE.contains(e.getSQLState().substring(0, 2))) {
            gaveUp = true;
            verdicts.failed(
                    appends.subList(0, tried),
                    new LedgerUnavailable("the ledger's database cannot store anything now", withoutData(e)));
            return tried;
        }
        if (tried > 1) {
            // One of them must be at fault: halve until it fails alone.
            nextTake = tried / 2;
            return 0;
        }
        SQLException reason = withoutData(e);
        LOG.warn("the database refused to store a command's events: {}", reason.getMessage());
        verdicts.failed(
                appends.getFirst(),
                new LedgerUnavailable("the database refused to store this command's events", reason));
        return 1;
    }

    // The server's message in full may quote the row, and messages end in logs.
    private static SQLException withoutData(SQLException e) {
        String message = "refused";
        if (e instanceof PSQLException fromDriver && fromDriver.getServerErrorMessage() != null) {
            message = fromDriver.getServerErrorMessage().getMessage();
        }
        return new SQLException(message + " (" + e.getSQLState() + ")", e.getSQLState());
    }

    private void forgetHeads() {
        Set<String> streams = new HashSet<>();
        appends.forEach(append -> append.parts().forEach(part -> streams.add(part.stream())));
        lead.heads().forget(streams);
    }

    private void readEndAgain() {
        try {
            lead.link().readEndAgain();
        } catch (SQLException e) {
            LOG.info("the writer's connection broke: {}", e.getMessage());
            lead.lose();
        }
    }

    /** The session is lost, perhaps around the commit. */
    private int broken(SQLException e) {
        if (!recovering) {
            LOG.info("the writer's connection broke, connecting again: {}", e.getMessage());
        }
        lead.lose();
        if (remaining().isPositive()) {
            pause();
            return UNDECIDED;
        }
        gaveUp = true;
        LedgerUnavailable away = new LedgerUnavailable("the ledger's database cannot be written: " + e.getMessage(), e);
        FlushPlan brokenOff = unresolved;
        if (brokenOff == null) {
            verdicts.failed(appends, away);
            return appends.size();
        }
        int decided = brokenOff.size();
        verdicts.failed(
                brokenOff.accepted,
                new OutcomeUnknown("the connection broke around the commit and cannot be replaced", e));
        // Nothing of these is stored, but why they were refused may rest on something in the accepted ones.
        verdicts.failed(List.copyOf(brokenOff.refused.keySet()), away);
        return decided;
    }

    private Duration remaining() {
        if (!recovering) {
            recovering = true;
            giveUpAtNanos = System.nanoTime() + recoverForNanos;
        }
        return Duration.ofNanos(Math.max(0, giveUpAtNanos - System.nanoTime()));
    }

    private static void pause() {
        try {
            Thread.sleep(RECONNECT_PAUSE_MILLIS);
        } catch (InterruptedException ignored) {
            LOG.debug("the pause before connecting again was cut short");
        }
    }
}
