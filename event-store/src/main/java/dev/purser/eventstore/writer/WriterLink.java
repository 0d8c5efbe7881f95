package dev.purser.eventstore.writer;

import dev.purser.eventstore.append.StreamHead;
import dev.purser.eventstore.inline.InlineRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer's two sessions with the database and the lead it holds there: a session-level advisory lock of each. Losing one of
 * them is losing the lead; whoever has both locks knows that the sessions which had them before are over, with
 * everything they may still have been committing. Used by one thread at a time; while a {@link Committer} stores a plan,
 * the session it uses is that one's.
 */
final class WriterLink {

    /** The key of the advisory lock that decides who leads: "purserLD" in ASCII. */
    static final long LEAD_LOCK = 0x7075_7273_6572_4C44L;

    /** The key of the lock of the second session: "purserL2". Taken after the first, so nobody waits in a circle. */
    static final long SECOND_LOCK = 0x7075_7273_6572_4C32L;

    private static final Logger LOG = LoggerFactory.getLogger(WriterLink.class);
    private static final long LEAD_POLL_MILLIS = 25;
    private static final Duration SESSION_ENDS_WITHIN = Duration.ofSeconds(2);

    private final WriterSession first;
    private final WriterSession second;
    private final Clock clock;
    private final @Nullable Duration leaderSilentFor;
    // One for each session's plan, and one for the plan that is being laid out.
    private final List<EventCopy> copies = List.of(new EventCopy(), new EventCopy(), new EventCopy());
    private boolean leads;
    private long lastPosition;
    private Instant lastRecordedAt = Instant.EPOCH;

    /**
     * A link without sessions.
     *
     * @param leaderSilentFor how long another process that has the lead may not be heard by the database before its
     *     session is ended; null: never
     */
    WriterLink(ConnectionSource source, Clock clock, @Nullable Duration leaderSilentFor) {
        this.first = new WriterSession(source, LEAD_LOCK);
        this.second = new WriterSession(source, SECOND_LOCK);
        this.clock = clock;
        this.leaderSilentFor = leaderSilentFor;
    }

    /** Whether these sessions have the lead. */
    boolean leads() {
        return leads;
    }

    WriterSession first() {
        return first;
    }

    WriterSession second() {
        return second;
    }

    /** The position of the last event stored in the log, as known when the lead was taken and after each flush. */
    long lastPosition() {
        return lastPosition;
    }

    /**
     * Takes the lead, in new sessions unless they are open, waiting up to so long for another process to give it up. After
     * {@link LeadTaken} the first session stays open, and sessions of this link that had the lead before are known to be
     * over.
     */
    void takeLead(Duration leadWait) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + leadWait.toNanos();
        first.open();
        waitForLock(first, leadWait, List.of(first, second));
        try {
            second.open();
            // Whoever had the lead has lost it with its first session, but may be committing in the second still.
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            waitForLock(second, left.compareTo(SESSION_ENDS_WITHIN) > 0 ? left : SESSION_ENDS_WITHIN, List.of(second));
        } catch (LeadTaken e) {
            drop();
            throw e;
        }
        readEndAgain();
        leads = true;
    }

    /** @param old whose sessions of before must have ended, and are ended */
    private void waitForLock(WriterSession session, Duration atMost, List<WriterSession> old)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean ended = false;
        while (!session.takeLock()) {
            boolean ownIsThere = endOld(old, session.connection());
            boolean silentIsThere = leaderSilentFor != null && endSilent(session, leaderSilentFor);
            if ((ownIsThere || silentIsThere) && !ended) {
                LOG.info("ended the session that had the lead and was not heard of any more");
                deadline = Math.max(deadline, System.nanoTime() + SESSION_ENDS_WITHIN.toNanos());
                ended = true;
            }
            if (System.nanoTime() - deadline >= 0) {
                if (ownIsThere) {
                    // It may be in the middle of its commit, which nothing interrupts: what it stores is not known yet.
                    throw new SQLException("the writer's previous session has not ended yet", "08006");
                }
                throw new LeadTaken("another process writes to this ledger and has not given up the lead within "
                        + atMost.toMillis() + " ms");
            }
            Thread.sleep(LEAD_POLL_MILLIS);
        }
    }

    private boolean endSilent(WriterSession waiting, Duration silentFor) throws SQLException {
        if (waiting == first) {
            return first.endSilentHolder(silentFor, SECOND_LOCK);
        }
        // The first lock is ours by now, and nobody shall take us for silent.
        first.touch();
        return second.endSilentHolder(silentFor, SECOND_LOCK);
    }

    private static boolean endOld(List<WriterSession> sessions, Connection through) throws SQLException {
        boolean anyIsThere = false;
        for (WriterSession session : sessions) {
            anyIsThere |= session.endOld(through);
        }
        return anyIsThere;
    }

    /** Reads where the log ends, after another writer was noticed. */
    void readEndAgain() throws SQLException {
        try (PreparedStatement query = first.connection()
                        .prepareStatement(
                                "select global_position, recorded_at from ledger.event order by global_position desc"
                                        + " limit 1");
                ResultSet last = query.executeQuery()) {
            boolean any = last.next();
            lastPosition = any ? last.getLong(1) : 0;
            lastRecordedAt = any ? last.getObject(2, OffsetDateTime.class).toInstant() : Instant.EPOCH;
        }
    }

    /** The last stored event of each stream that has any. */
    Map<String, StreamHead> readHeads(Collection<String> streams) throws SQLException {
        Map<String, StreamHead> heads = new HashMap<>();
        Connection session = first.connection();
        try (PreparedStatement query = session.prepareStatement("""
            select s.stream, h.sequence, h.content_hash from unnest(?::text[]) as s(stream)
            cross join lateral (select e.sequence, e.content_hash from ledger.event e
                where e.stream = s.stream order by e.sequence desc limit 1) h\
            """)) {
            query.setArray(1, session.createArrayOf("text", streams.toArray()));
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    heads.put(found.getString(1), new StreamHead(found.getLong(2), found.getBytes(3)));
                }
            }
        }
        return heads;
    }

    /** An empty plan to be stored next. */
    FlushPlan newPlan() {
        return new FlushPlan(copies.getFirst(), lastPosition + 1, recordedAt(lastRecordedAt));
    }

    /** An empty plan to be stored behind others that are being stored, if they are; the newest of them comes last. */
    FlushPlan newPlanBehind(List<FlushPlan> ahead) {
        if (ahead.isEmpty()) {
            return newPlan();
        }
        Set<EventCopy> used = new HashSet<>();
        ahead.forEach(plan -> used.add(plan.rows));
        EventCopy free = copies.stream()
                .filter(copy -> !used.contains(copy))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("more plans are under way than there are sessions"));
        FlushPlan newest = ahead.getLast();
        return new FlushPlan(free, newest.firstPosition + newest.events(), recordedAt(newest.recordedAt));
    }

    private Instant recordedAt(Instant notBefore) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(notBefore) ? notBefore : now;
    }

    /** Stores the plan in one transaction; or nothing, and returns the claims that are already taken. */
    Set<InlineRow> store(FlushPlan plan) throws SQLException {
        requireNext(plan, lastPosition);
        Set<InlineRow> taken = first.store(plan);
        if (taken.isEmpty()) {
            stored(plan);
        }
        return taken;
    }

    /** Fails unless the plan begins right behind a position: positions would not be contiguous. */
    static void requireNext(FlushPlan plan, long last) {
        if (plan.firstPosition != last + 1) {
            throw new IllegalStateException("the log ends at " + last + ", a plan begins at " + plan.firstPosition
                    + ": positions would not be contiguous");
        }
    }

    /** Notes that the next plan is stored. */
    void stored(FlushPlan plan) {
        if (plan.events() > 0) {
            lastPosition += plan.events();
            lastRecordedAt = plan.recordedAt;
        }
    }

    /**
     * Whether a plan whose storing broke off is stored after all. The answer is final once the sessions that tried are
     * over: when these have the lead, or were told that another process has it.
     */
    boolean isStored(FlushPlan plan) throws SQLException {
        if (plan.transactionId != null) {
            try (PreparedStatement query = first.connection().prepareStatement("select pg_xact_status(?::xid8)")) {
                query.setString(1, plan.transactionId);
                try (ResultSet status = query.executeQuery()) {
                    return status.next() && "committed".equals(status.getString(1));
                }
            }
        }
        UUID firstEvent = plan.firstEvent;
        if (firstEvent == null) {
            // It broke off before it had a number, so before anything could be committed.
            return false;
        }
        try (PreparedStatement query =
                first.connection().prepareStatement("select event_id from ledger.event where global_position = ?")) {
            query.setLong(1, plan.firstPosition);
            try (ResultSet found = query.executeQuery()) {
                return found.next() && firstEvent.equals(found.getObject(1, UUID.class));
            }
        }
    }

    /** Rolls back what failed statements left; false if a session is not usable any more. */
    boolean recover() {
        boolean firstIsUsable = first.recover();
        return second.recover() && firstIsUsable;
    }

    /** Gives up the sessions and with them the lead. */
    void drop() {
        leads = false;
        first.close();
        second.close();
    }

    /** Another process has the lead. */
    static final class LeadTaken extends SQLException {
        private static final long serialVersionUID = 1L;

        LeadTaken(String message) {
            super(message);
        }
    }
}
