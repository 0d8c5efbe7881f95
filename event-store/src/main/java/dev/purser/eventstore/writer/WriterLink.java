package dev.purser.eventstore.writer;

import dev.purser.eventstore.append.StreamHead;
import dev.purser.eventstore.inline.InlineRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer's session with the database and the lead it holds there: a session-level advisory lock. Losing the session
 * is losing the lead; a new session that has the lead knows that the old one is over, with everything it may still have
 * been committing. Used by one thread at a time.
 */
final class WriterLink {

    /** The key of the advisory lock: "purserLD" in ASCII. */
    static final long LEAD_LOCK = 0x7075_7273_6572_4C44L;

    private static final Logger LOG = LoggerFactory.getLogger(WriterLink.class);
    private static final long LEAD_POLL_MILLIS = 25;
    private static final Duration SESSION_ENDS_WITHIN = Duration.ofSeconds(2);

    // The database itself notices within seconds when nobody is at the other end any more.
    private static final String SETTINGS = "set synchronous_commit = on; set jit = off; set tcp_keepalives_idle = 1;"
            + " set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3; set tcp_user_timeout = 3000";

    private final ConnectionSource source;
    private final Clock clock;
    private final @Nullable Duration leaderSilentFor;
    private final EventCopy[] copies = {new EventCopy(), new EventCopy()};
    private @Nullable Connection connection;
    private boolean leads;
    private int backendPid;
    private @Nullable OffsetDateTime backendStart;
    private long lastPosition;
    private Instant lastRecordedAt = Instant.EPOCH;

    /**
     * A link without a session.
     *
     * @param leaderSilentFor how long another process that has the lead may not be heard by the database before its
     *     session is ended; null: never
     */
    WriterLink(ConnectionSource source, Clock clock, @Nullable Duration leaderSilentFor) {
        this.source = source;
        this.clock = clock;
        this.leaderSilentFor = leaderSilentFor;
    }

    /** Whether this session has the lead. */
    boolean leads() {
        return leads;
    }

    /** The position of the last event stored in the log, as known when the lead was taken and after each flush. */
    long lastPosition() {
        return lastPosition;
    }

    /**
     * Takes the lead, in a new session unless one is open, waiting up to so long for another session to give it up. After
     * {@link LeadTaken} the session stays open, and a session of this link that had the lead before is known to be over.
     */
    void takeLead(Duration leadWait) throws SQLException, InterruptedException {
        Connection session = connection;
        if (session == null) {
            session = opened();
            connection = session;
        }
        waitForLead(session, leadWait);
        readSession(session);
        readEnd(session);
        leads = true;
    }

    private Connection opened() throws SQLException {
        Connection opened = source.open();
        try (Statement settings = opened.createStatement()) {
            opened.setAutoCommit(true);
            settings.execute(SETTINGS);
            return opened;
        } catch (SQLException e) {
            closeQuietly(opened);
            throw e;
        }
    }

    private void waitForLead(Connection session, Duration leadWait) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + leadWait.toNanos();
        boolean ended = false;
        while (!hasLead(session)) {
            boolean ownIsThere = endOwnOldSession(session);
            if (ownIsThere || endSilentLeader(session)) {
                if (!ended) {
                    LOG.info("ended the session that had the lead and was not heard of any more");
                    deadline = Math.max(deadline, System.nanoTime() + SESSION_ENDS_WITHIN.toNanos());
                    ended = true;
                }
            }
            if (System.nanoTime() - deadline >= 0) {
                if (ownIsThere) {
                    // It may be in the middle of its commit, which nothing interrupts: what it stores is not known yet.
                    throw new SQLException("the writer's previous session has not ended yet", "08006");
                }
                throw new LeadTaken("another process writes to this ledger and has not given up the lead within "
                        + leadWait.toMillis() + " ms");
            }
            Thread.sleep(LEAD_POLL_MILLIS);
        }
    }

    private void readSession(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement(
                        "select pid, backend_start from pg_stat_activity where pid = pg_backend_pid()");
                ResultSet found = query.executeQuery()) {
            boolean any = found.next();
            backendPid = any ? found.getInt(1) : 0;
            backendStart = any ? found.getObject(2, OffsetDateTime.class) : null;
        }
    }

    private static boolean hasLead(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement("select pg_try_advisory_lock(?)")) {
            query.setLong(1, LEAD_LOCK);
            try (ResultSet taken = query.executeQuery()) {
                return taken.next() && taken.getBoolean(1);
            }
        }
    }

    // After a cut network the database may hold the old session, and the lead with it, until its own time-outs.
    private boolean endOwnOldSession(Connection session) throws SQLException {
        if (backendStart == null) {
            return false;
        }
        try (PreparedStatement query = session.prepareStatement("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where pid = ? and backend_start = ? and usename = current_user")) {
            query.setInt(1, backendPid);
            query.setObject(2, backendStart);
            return anyEnded(query);
        }
    }

    // A leader asks the database something every half second. One whose session has only been waiting for it is cut
    // off,
    // stopped or gone; a session that waits for a disk or a lock is not ended.
    private boolean endSilentLeader(Connection session) throws SQLException {
        if (leaderSilentFor == null) {
            return false;
        }
        try (PreparedStatement query = session.prepareStatement("""
            select pg_terminate_backend(a.pid) from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.objsubid = 1
              and l.database = (select oid from pg_database where datname = current_database())
              and (l.classid::bigint << 32) | l.objid::bigint = ?
              and a.usename = current_user and a.wait_event = 'ClientRead'
              and clock_timestamp() - greatest(a.state_change, a.query_start) > ? * interval '1 millisecond'
            """)) {
            query.setLong(1, LEAD_LOCK);
            query.setLong(2, leaderSilentFor.toMillis());
            return anyEnded(query);
        }
    }

    private static boolean anyEnded(PreparedStatement query) throws SQLException {
        try (ResultSet ended = query.executeQuery()) {
            return ended.next() && ended.getBoolean(1);
        }
    }

    private void readEnd(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement(
                        "select global_position, recorded_at from ledger.event order by global_position desc limit 1");
                ResultSet last = query.executeQuery()) {
            boolean any = last.next();
            lastPosition = any ? last.getLong(1) : 0;
            lastRecordedAt = any ? last.getObject(2, OffsetDateTime.class).toInstant() : Instant.EPOCH;
        }
    }

    /** Reads where the log ends once more, after another writer was noticed. */
    void readEndAgain() throws SQLException {
        readEnd(session());
    }

    /** The last stored event of each stream that has any. */
    Map<String, StreamHead> readHeads(Collection<String> streams) throws SQLException {
        Map<String, StreamHead> heads = new HashMap<>();
        Connection session = session();
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
        return new FlushPlan(copies[0], lastPosition + 1, recordedAt(lastRecordedAt));
    }

    /** An empty plan to be stored behind another that is being stored, if that one is. */
    FlushPlan newPlanBehind(FlushPlan ahead) {
        return new FlushPlan(
                ahead.rows == copies[0] ? copies[1] : copies[0],
                ahead.firstPosition + ahead.events(),
                recordedAt(ahead.recordedAt));
    }

    private Instant recordedAt(Instant notBefore) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(notBefore) ? notBefore : now;
    }

    /** Stores the plan in one transaction; or nothing, and returns the claims that are already taken. */
    Set<InlineRow> store(FlushPlan plan) throws SQLException {
        if (plan.firstPosition != lastPosition + 1) {
            throw new IllegalStateException("the log ends at " + lastPosition + ", a plan begins at "
                    + plan.firstPosition + ": positions would not be contiguous");
        }
        Connection session = session();
        if (plan.inline.isEmpty()) {
            plan.rows.write(session);
        } else {
            session.setAutoCommit(false);
            Set<InlineRow> taken = plan.inline.execute(session);
            if (!taken.isEmpty()) {
                session.rollback();
                session.setAutoCommit(true);
                return taken;
            }
            if (plan.events() == 0) {
                plan.transactionId = transactionId(session);
            } else {
                plan.rows.write(session);
            }
            session.commit();
            session.setAutoCommit(true);
        }
        if (plan.events() > 0) {
            lastPosition += plan.events();
            lastRecordedAt = plan.recordedAt;
        }
        return Set.of();
    }

    private static String transactionId(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement("select pg_current_xact_id()::text");
                ResultSet id = query.executeQuery()) {
            id.next();
            return id.getString(1);
        }
    }

    /**
     * Whether a plan whose storing broke off is stored after all. The answer is final once the session that tried is
     * over: when this one has the lead, or was told that another process has it.
     */
    boolean isStored(FlushPlan plan) throws SQLException {
        if (plan.transactionId != null) {
            try (PreparedStatement query = session().prepareStatement("select pg_xact_status(?::xid8)")) {
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
                session().prepareStatement("select event_id from ledger.event where global_position = ?")) {
            query.setLong(1, plan.firstPosition);
            try (ResultSet found = query.executeQuery()) {
                return found.next() && firstEvent.equals(found.getObject(1, UUID.class));
            }
        }
    }

    /** Rolls back what a failed statement left; false if the session is not usable any more. */
    boolean recover() {
        Connection session = connection;
        if (session == null) {
            return false;
        }
        try {
            if (!session.getAutoCommit()) {
                session.rollback();
                session.setAutoCommit(true);
            }
            return session.isValid(2);
        } catch (SQLException e) {
            LOG.debug("the writer's session cannot be used any more", e);
            return false;
        }
    }

    /** Gives up the session and with it the lead. */
    void drop() {
        Connection session = connection;
        connection = null;
        leads = false;
        if (session != null) {
            closeQuietly(session);
        }
    }

    private Connection session() throws SQLException {
        Connection session = connection;
        if (session == null) {
            throw new SQLException("the writer has no session", "08003");
        }
        return session;
    }

    private static void closeQuietly(Connection session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.debug("closing the writer's session failed", e);
        }
    }

    /** Another process has the lead. */
    static final class LeadTaken extends SQLException {
        private static final long serialVersionUID = 1L;

        LeadTaken(String message) {
            super(message);
        }
    }
}
