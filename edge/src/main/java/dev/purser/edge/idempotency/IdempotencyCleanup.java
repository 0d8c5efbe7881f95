package dev.purser.edge.idempotency;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forgets answers older than two days; the contract keeps them for one at least. */
public final class IdempotencyCleanup {
    static final Duration KEPT_FOR = Duration.ofDays(2);
    private static final int BATCH_ROWS = 1_000;

    private final JdbcClient jdbc;
    private final Clock clock;

    public IdempotencyCleanup(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Deletes in small batches, each its own transaction, so that no append waits long; answers how many rows went. */
    public int removeOld() {
        Timestamp before = Timestamp.from(clock.instant().minus(KEPT_FOR));
        int removed = 0;
        int batch;
        do {
            batch = jdbc.sql("""
                delete from inline.idempotency
                where ctid in (
                    select ctid from inline.idempotency where created_at < :before limit :rows)
                """)
                    .param("before", before)
                    .param("rows", BATCH_ROWS)
                    .update();
            removed += batch;
        } while (batch == BATCH_ROWS);
        return removed;
    }
}
