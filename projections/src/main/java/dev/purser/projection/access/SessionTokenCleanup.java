package dev.purser.projection.access;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forgets tokens that expired a week ago; from then on they are unknown instead of expired, refused either way. */
public final class SessionTokenCleanup {
    static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(7);
    private static final int BATCH_ROWS = 1_000;

    private final JdbcClient jdbc;
    private final Clock clock;

    public SessionTokenCleanup(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    /** Deletes in small batches, each its own transaction, so that no append waits long; answers how many rows went. */
    public int removeOld() {
        Timestamp before = Timestamp.from(clock.instant().minus(KEPT_AFTER_EXPIRY));
        int removed = 0;
        int batch;
        do {
            batch = jdbc.sql("""
                delete from inline.session_token
                where ctid in (
                    select ctid from inline.session_token where expires_at < :before limit :rows)
                """)
                    .param("before", before)
                    .param("rows", BATCH_ROWS)
                    .update();
            removed += batch;
        } while (batch == BATCH_ROWS);
        return removed;
    }
}
