package dev.purser.eventstore.writer;

import dev.purser.eventstore.inline.InlineRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the writer's sessions with the database, and the session-level advisory lock that tells whether it, or one like it
 * of another process, is there. Used by one thread at a time.
 */
final class WriterSession {

    private static final Logger LOG = LoggerFactory.getLogger(WriterSession.class);

    // The database itself notices within seconds when nobody is at the other end any more.
    private static final String SETTINGS = "set synchronous_commit = on; set jit = off; set tcp_keepalives_idle = 1;"
            + " set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3; set tcp_user_timeout = 3000";

    private final ConnectionSource source;
    private final long lock;
    private @Nullable Connection connection;
    private int backendPid;
    private @Nullable OffsetDateTime backendStart;

    /** A session that is not open yet. */
    WriterSession(ConnectionSource source, long lock) {
        this.source = source;
        this.lock = lock;
    }

    /** Opens it unless it is open. */
    void open() throws SQLException {
        if (connection != null) {
            return;
        }
        Connection opened = source.open();
        try (Statement settings = opened.createStatement()) {
            opened.setAutoCommit(true);
            settings.execute(SETTINGS);
            connection = opened;
        } catch (SQLException e) {
            closeQuietly(opened);
            throw e;
        }
    }

    Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            throw new SQLException("the writer has no session", "08003");
        }
        return open;
    }

    /** Takes the lock if nobody has it, and remembers which session has it now. */
    boolean takeLock() throws SQLException {
        try (PreparedStatement query = connection().prepareStatement("select pg_try_advisory_lock(?)")) {
            query.setLong(1, lock);
            try (ResultSet taken = query.executeQuery()) {
                if (!taken.next() || !taken.getBoolean(1)) {
                    return false;
                }
            }
        }
        try (PreparedStatement query = connection()
                        .prepareStatement(
                                "select pid, backend_start from pg_stat_activity where pid = pg_backend_pid()");
                ResultSet found = query.executeQuery()) {
            boolean any = found.next();
            backendPid = any ? found.getInt(1) : 0;
            backendStart = any ? found.getObject(2, OffsetDateTime.class) : null;
        }
        return true;
    }

    /**
     * After a cut network the database may hold the session that had the lock, until its own time-outs: ends it, asked
     * through another session. False when it is not there any more.
     */
    boolean endOld(Connection through) throws SQLException {
        if (backendStart == null) {
            return false;
        }
        try (PreparedStatement query = through.prepareStatement("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where pid = ? and backend_start = ? and usename = current_user")) {
            query.setInt(1, backendPid);
            query.setObject(2, backendStart);
            return anyEnded(query);
        }
    }

    /** Asks something, so that it is not taken for silent. */
    void touch() throws SQLException {
        try (Statement query = connection().createStatement()) {
            query.execute("select");
        }
    }

    /**
     * Ends the session of whoever has the lock, if it has only been waiting for its process for so long: a writer asks
     * something every half second, so that process is cut off, stopped or gone. A writer that waits for a disk or a lock, in
     * whichever session, is not ended.
     *
     * @param otherLock that of the other session of a writer
     */
    boolean endSilentHolder(Duration silentFor, long otherLock) throws SQLException {
        try (PreparedStatement query = connection().prepareStatement("""
            with holder as (
                select (l.classid::bigint << 32) | l.objid::bigint as key, a.pid,
                       a.wait_event = 'ClientRead' and clock_timestamp() - greatest(a.state_change, a.query_start)
                           > ? * interval '1 millisecond' as silent
                from pg_locks l join pg_stat_activity a on a.pid = l.pid
                where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and a.usename = current_user
                  and l.database = (select oid from pg_database where datname = current_database())
                  and a.pid <> pg_backend_pid()
            )
            select pg_terminate_backend(pid) from holder
            where key = ? and silent and not exists (select from holder where key = ? and silent is not true)
            """)) {
            query.setLong(1, silentFor.toMillis());
            query.setLong(2, lock);
            query.setLong(3, otherLock);
            return anyEnded(query);
        }
    }

    private static boolean anyEnded(PreparedStatement query) throws SQLException {
        try (ResultSet ended = query.executeQuery()) {
            return ended.next() && ended.getBoolean(1);
        }
    }

    /** Stores the plan in one transaction; or nothing, and returns the claims that are already taken. */
    Set<InlineRow> store(FlushPlan plan) throws SQLException {
        if (plan.inline.isEmpty()) {
            // A transaction by itself, in one round trip.
            plan.rows.write(idle());
            return Set.of();
        }
        Set<InlineRow> taken = execute(plan);
        if (taken.isEmpty()) {
            commit();
        } else {
            rollback();
        }
        return taken;
    }

    /** All of the plan's transaction but its end; returns the claims that are already taken. */
    Set<InlineRow> execute(FlushPlan plan) throws SQLException {
        idle().setAutoCommit(false);
        Set<InlineRow> taken = plan.inline.execute(connection());
        if (!taken.isEmpty()) {
            return taken;
        }
        if (plan.events() == 0) {
            plan.transactionId = transactionId();
        } else {
            plan.rows.write(connection());
        }
        return taken;
    }

    /** What is written into a transaction that was left open would be reported as stored and would not be. */
    private Connection idle() throws SQLException {
        if (!connection().getAutoCommit()) {
            throw new SQLException("a transaction was left open", "25001");
        }
        return connection();
    }

    void commit() throws SQLException {
        connection().commit();
        connection().setAutoCommit(true);
    }

    void rollback() throws SQLException {
        connection().rollback();
        connection().setAutoCommit(true);
    }

    private String transactionId() throws SQLException {
        try (PreparedStatement query = connection().prepareStatement("select pg_current_xact_id()::text");
                ResultSet id = query.executeQuery()) {
            id.next();
            return id.getString(1);
        }
    }

    /** Rolls back what a failed statement left; false if the session is not usable any more. */
    boolean recover() {
        Connection open = connection;
        if (open == null) {
            return false;
        }
        try {
            if (!open.getAutoCommit()) {
                rollback();
            }
            return open.isValid(2);
        } catch (SQLException e) {
            LOG.debug("a session of the writer cannot be used any more", e);
            return false;
        }
    }

    void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            closeQuietly(open);
        }
    }

    private static void closeQuietly(Connection open) {
        try {
            open.close();
        } catch (SQLException e) {
            LOG.debug("closing a session of the writer failed", e);
        }
    }
}
