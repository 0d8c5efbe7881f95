package dev.purser.projection.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.projection.TestLedger;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionTokenCleanupTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final TestLedger ledger = TestLedger.with(List.of());
    private final JdbcClient jdbc = JdbcClient.create(ledger.database.dataSource());

    @AfterAll
    void close() {
        ledger.close();
    }

    @Test
    void removesOnlyTokensThatExpiredLongAgo() {
        Instant limit = NOW.minus(SessionTokenCleanup.KEPT_AFTER_EXPIRY);
        insert("old", limit.minusSeconds(1));
        insert("recent", limit);
        insert("alive", NOW.plusSeconds(900));

        int removed =
                new SessionTokenCleanup(ledger.database.dataSource(), Clock.fixed(NOW, ZoneOffset.UTC)).removeOld();

        assertThat(removed).isEqualTo(1);
        assertThat(jdbc.sql("select fingerprint from inline.session_token order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("alive", "recent");
    }

    private void insert(String fingerprint, Instant expiresAt) {
        jdbc.sql("insert into inline.session_token values (:fingerprint, 'ses1', 0, :expiresAt)")
                .param("fingerprint", fingerprint)
                .param("expiresAt", Timestamp.from(expiresAt))
                .update();
    }
}
