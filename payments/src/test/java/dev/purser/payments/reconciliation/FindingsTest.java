package dev.purser.payments.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.payments.reconciliation.Finding.Kind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@SuppressWarnings("NullAway.Init") // the database lives from before the first test to after the last
class FindingsTest {
    /** The very statements that make the table in production. */
    private static final Path MIGRATION =
            Path.of("src/main/resources/db/migration/V202611241509__reconciliation_findings.sql");

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Finding PARKED = new Finding(Kind.PARKED, "tup1", "pi_1", "not as quoted");

    private static EmbeddedPostgres server;
    private static JdbcClient jdbc;

    private final Findings findings = new Findings(jdbc);

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
        jdbc = JdbcClient.create(server.getPostgresDatabase());
        jdbc.sql("create role purser_app").update();
        jdbc.sql("create schema inline").update();
        jdbc.sql(Files.readString(MIGRATION).replace("${appRole}", "purser_app"))
                .update();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void empty() {
        jdbc.sql("delete from inline.reconciliation_finding").update();
    }

    @Test
    void theSameFindingIsOneUntilItIsResolved() {
        assertThat(findings.add(Mode.LIVE, PARKED, NOON)).isTrue();
        assertThat(findings.add(Mode.LIVE, new Finding(Kind.PARKED, "tup1", "pi_2", "again"), NOON.plusSeconds(60)))
                .isTrue();
        assertThat(findings.list(Mode.LIVE, 10))
                .singleElement()
                .satisfies(json -> assertThat(json)
                        .containsEntry("kind", "parked")
                        .containsEntry("stripeId", "pi_2")
                        .containsEntry("firstSeen", "2026-01-31T12:00:00.000Z")
                        .containsEntry("lastSeen", "2026-01-31T12:01:00.000Z"));
        assertThat(findings.count(Mode.TEST)).isZero();

        findings.resolve(Mode.TEST, PARKED);
        assertThat(findings.count(Mode.LIVE)).isEqualTo(1);
        findings.resolve(Mode.LIVE, PARKED);
        assertThat(findings.count(Mode.LIVE)).isZero();
    }

    @Test
    void eachPaymentBesideTheOwnOneIsAFindingOfItsOwn() {
        findings.add(Mode.LIVE, new Finding(Kind.OTHER_PAYMENT, "tup1", "pi_2", "beside pi_1"), NOON);
        findings.add(Mode.LIVE, new Finding(Kind.OTHER_PAYMENT, "tup1", "pi_3", "beside pi_1"), NOON);
        assertThat(findings.count(Mode.LIVE, Kind.OTHER_PAYMENT)).isEqualTo(2);
    }

    @Test
    void whatWasNotSeenForTheLongestTimeComesFirst() {
        Finding failed = new Finding(Kind.EVENT_FAILED, null, "evt_1", "could not be handled");
        findings.add(Mode.LIVE, PARKED, NOON);
        findings.add(Mode.LIVE, failed, NOON.plusSeconds(1));
        assertThat(findings.oldest(Mode.LIVE, 1)).containsExactly(PARKED);
        findings.add(Mode.LIVE, PARKED, NOON.plusSeconds(2));
        assertThat(findings.oldest(Mode.LIVE, 2)).containsExactly(failed, PARKED);
    }

    @Test
    void noMoreThanTenThousandAreKeptOfAMode() {
        jdbc.sql("""
            insert into inline.reconciliation_finding
            select 'live', 'EVENT_FAILED', 'evt_' || number, null, 'evt_' || number, 'x', now(), now()
            from generate_series(1, :count) number
            """).param("count", Findings.MAX_KEPT).update();
        assertThat(findings.add(Mode.LIVE, PARKED, NOON)).isFalse();
        assertThat(findings.add(Mode.LIVE, new Finding(Kind.EVENT_FAILED, null, "evt_1", "still"), NOON))
                .isTrue();
        assertThat(findings.add(Mode.TEST, PARKED, NOON)).isTrue();
        assertThat(findings.count(Mode.LIVE)).isEqualTo(10_000);
    }

    @Test
    void aRunBeginsAnHourBeforeTheLastOneEndedAndNeverInTheFuture() {
        assertThat(Reconciliations.since(NOON.minus(Duration.ofHours(5)), NOON))
                .isEqualTo(NOON.minus(Duration.ofHours(6)));
        assertThat(Reconciliations.since(NOON.plus(Duration.ofDays(5)), NOON))
                .isEqualTo(NOON.minus(Duration.ofHours(1)));
        assertThat(Reconciliations.since(NOON.minus(Duration.ofDays(50)), NOON))
                .isEqualTo(NOON.minus(Duration.ofDays(30)));
    }
}
