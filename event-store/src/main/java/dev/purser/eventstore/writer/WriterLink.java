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
 * been committing. Used by the writer's thread alone.
 */
final class WriterLink {

    /** The key of the advisory lock: "purserLD" in ASCII. */
    static final long LEAD_LOCK = 0x7075_7273_6572_4C44L;

    private static final Logger LOG = LoggerFactory.getLogger(WriterLink.class);
    private static final long LEAD_POLL_MILLIS = 25;

    private final ConnectionSource source;
    private final Clock clock;
    private final EventCopy events = new EventCopy();
    private @Nullable Connection connection;
    private int backendPid;
    private @Nullable OffsetDateTime backendStart;
    private long lastPosition;
    private Instant lastRecordedAt = Instant.EPOCH;

    WriterLink(ConnectionSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    boolean isConnected() {
        return connection != null;
    }

    /** The position of the last event stored in the log, as known when the lead was taken and after each flush. */
    long lastPosition() {
        return lastPosition;
    }

    /** Opens a session and takes the lead, waiting up to so long for another session to give it up. */
    void connect(Duration leadWait) throws SQLException, InterruptedException {
        Connection opened = source.open();
        try {
            opened.setAutoCommit(true);
            try (Statement settings = opened.createStatement()) {
                settings.execute("set synchronous_commit = on; set jit = off");
            }
            takeLead(opened, leadWait);
            readEnd(opened);
            connection = opened;
        } finally {
            if (connection != opened) {
                closeQuietly(opened);
            }
        }
    }

    private void takeLead(Connection opened, Duration leadWait) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + leadWait.toNanos();
        while (!hasLead(opened)) {
            if (endOwnOldSession(opened)) {
                LOG.info("ended the writer's previous session, which the database still held open");
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new LeadTaken("another process writes to this ledger and has not given up the lead within "
                        + leadWait.toMillis() + " ms");
            }
            Thread.sleep(LEAD_POLL_MILLIS);
        }
        try (PreparedStatement query = opened.prepareStatement(
                        "select pid, backend_start from pg_stat_activity where pid = pg_backend_pid()");
                ResultSet found = query.executeQuery()) {
            boolean any = found.next();
            backendPid = any ? found.getInt(1) : 0;
            backendStart = any ? found.getObject(2, OffsetDateTime.class) : null;
        }
    }

    private static boolean hasLead(Connection opened) throws SQLException {
        try (PreparedStatement query = opened.prepareStatement("select pg_try_advisory_lock(?)")) {
            query.setLong(1, LEAD_LOCK);
            try (ResultSet taken = query.executeQuery()) {
                return taken.next() && taken.getBoolean(1);
            }
        }
    }

    // After a cut network the database may hold the old session, and the lead with it, until its own time-outs.
    private boolean endOwnOldSession(Connection opened) throws SQLException {
        if (backendStart == null) {
            return false;
        }
        try (PreparedStatement query = opened.prepareStatement("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where pid = ? and backend_start = ? and usename = current_user")) {
            query.setInt(1, backendPid);
            query.setObject(2, backendStart);
            try (ResultSet ended = query.executeQuery()) {
                return ended.next() && ended.getBoolean(1);
            }
        }
    }

    private void readEnd(Connection opened) throws SQLException {
        try (PreparedStatement query = opened.prepareStatement(
                        "select global_position, recorded_at from ledger.event order by global_position desc limit 1");
                ResultSet last = query.executeQuery()) {
            boolean any = last.next();
            lastPosition = any ? last.getLong(1) : 0;
            lastRecordedAt = any ? last.getObject(2, OffsetDateTime.class).toInstant() : Instant.EPOCH;
        }
    }

    /** Reads where the log ends once more, after another writer was noticed. */
    void readEndAgain() throws SQLException {
        readEnd(open());
    }

    /** The last stored event of each stream that has any. */
    Map<String, StreamHead> readHeads(Collection<String> streams) throws SQLException {
        Map<String, StreamHead> heads = new HashMap<>();
        Connection session = open();
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

    /** Stores the plan in one transaction; or nothing, and returns the claims that are already taken. */
    Set<InlineRow> store(FlushPlan plan) throws SQLException {
        Connection session = open();
        Instant recordedAt = recordedAt();
        plan.firstPosition = lastPosition + 1;
        if (plan.inline.isEmpty()) {
            events.write(session, plan.events, plan.firstPosition, recordedAt);
        } else {
            session.setAutoCommit(false);
            Set<InlineRow> taken = plan.inline.execute(session);
            if (!taken.isEmpty()) {
                session.rollback();
                session.setAutoCommit(true);
                return taken;
            }
            if (plan.events.isEmpty()) {
                plan.transactionId = transactionId(session);
            } else {
                events.write(session, plan.events, plan.firstPosition, recordedAt);
            }
            session.commit();
            session.setAutoCommit(true);
        }
        stored(plan, recordedAt);
        return Set.of();
    }

    private void stored(FlushPlan plan, Instant recordedAt) {
        if (!plan.events.isEmpty()) {
            lastPosition += plan.events.size();
            lastRecordedAt = recordedAt;
        }
    }

    private Instant recordedAt() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(lastRecordedAt) ? lastRecordedAt : now;
    }

    private static String transactionId(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement("select pg_current_xact_id()::text");
                ResultSet id = query.executeQuery()) {
            id.next();
            return id.getString(1);
        }
    }

    /**
     * Whether a plan whose storing broke off is stored after all. The answer is final, because this session has the
     * lead and so the one that tried is over.
     */
    boolean isStored(FlushPlan plan) throws SQLException {
        if (plan.transactionId != null) {
            try (PreparedStatement query = open().prepareStatement("select pg_xact_status(?::xid8)")) {
                query.setString(1, plan.transactionId);
                try (ResultSet status = query.executeQuery()) {
                    return status.next() && "committed".equals(status.getString(1));
                }
            }
        }
        if (plan.events.isEmpty()) {
            // It broke off before it had a number, so before anything could be committed.
            return false;
        }
        try (PreparedStatement query =
                open().prepareStatement("select event_id from ledger.event where global_position = ?")) {
            query.setLong(1, plan.firstPosition);
            try (ResultSet found = query.executeQuery()) {
                return found.next() && plan.events.getFirst().eventId().equals(found.getObject(1, UUID.class));
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
        if (session != null) {
            closeQuietly(session);
        }
    }

    private Connection open() throws SQLException {
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
