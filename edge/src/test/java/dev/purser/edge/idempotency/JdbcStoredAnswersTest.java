package dev.purser.edge.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.edge.Accesses;
import dev.purser.edge.idempotency.StoredAnswers.StoredAnswer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@SuppressWarnings("NullAway.Init") // the database lives from before the first test to after the last
class JdbcStoredAnswersTest {
    /** The very statements that make the table in production. */
    private static final Path MIGRATION =
            Path.of("../event-store/src/main/resources/db/migration/V2__inline_tables.sql");

    private static EmbeddedPostgres server;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
        jdbc = JdbcClient.create(server.getPostgresDatabase());
        jdbc.sql("create role purser_app").update();
        jdbc.sql(Files.readString(MIGRATION).replace("${appRole}", "purser_app"))
                .update();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void empty() {
        jdbc.sql("delete from inline.idempotency").update();
    }

    /** Under the keys k1, k2, … */
    private static void store(String scope, int count, Instant createdAt) {
        jdbc.sql("""
            insert into inline.idempotency
            select :scope, 'k' || number, :hash, 201, :answer, :at from generate_series(1, :count) number
            """)
                .param("scope", scope)
                .param("count", count)
                .param("hash", new byte[] {1, 2})
                .param("answer", "{}".getBytes(UTF_8))
                .param("at", Timestamp.from(createdAt))
                .update();
    }

    @Test
    void findsAnAnswerByScopeAndKeyAndNoOther() {
        store("wallet:wal1", 1, Accesses.NOW);
        StoredAnswers answers = new JdbcStoredAnswers(jdbc);
        StoredAnswer found = answers.find("wallet:wal1", "k1").orElseThrow();
        assertThat(found.requestHash()).containsExactly(1, 2);
        assertThat(found.status()).isEqualTo(201);
        assertThat(found.answer()).isEqualTo("{}".getBytes(UTF_8));
        assertThat(answers.find("wallet:wal1", "K1")).isEmpty();
        assertThat(answers.find("wallet:wal2", "k1")).isEmpty();
    }

    @Test
    void cleanupForgetsWhatIsOlderThanTwoDaysInAsManyBatchesAsItTakes() {
        store("wallet:old", 2_500, Accesses.NOW.minus(Duration.ofDays(2)).minusSeconds(1));
        store("wallet:kept", 1, Accesses.NOW.minus(Duration.ofDays(2)).plusSeconds(1));
        IdempotencyCleanup cleanup = new IdempotencyCleanup(jdbc, Clock.fixed(Accesses.NOW, ZoneOffset.UTC));
        assertThat(cleanup.removeOld()).isEqualTo(2_500);
        assertThat(cleanup.removeOld()).isZero();
        assertThat(new JdbcStoredAnswers(jdbc).find("wallet:kept", "k1")).isPresent();
    }
}
