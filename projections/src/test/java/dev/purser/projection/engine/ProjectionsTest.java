package dev.purser.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final Counting one = new Counting("one");
    private final Counting two = new Counting("two");
    private final TestLedger ledger = TestLedger.with(List.of(one, two));
    private final Projections projections = ledger.projections;
    private final Enrolled customer = ledger.enrol(ledger.tenant(), "somebody");

    @BeforeEach
    void createTables() {
        Counting.createTable(ledger.database, "one");
        Counting.createTable(ledger.database, "two");
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void giveEveryEventToEveryProjectionOnce() {
        credit(30);
        projections.start();
        credit(30);
        ledger.settle();

        assertThat(seen("one")).isEqualTo(allPositions());
        assertThat(seen("two")).isEqualTo(allPositions());
        assertThat(timesSeen("one")).isEqualTo("1");
        assertThat(projections.lag()).isZero();
        assertThat(projections.position("one")).isEqualTo(head());
    }

    @Test
    void catchUpBatchByBatch() {
        credit(1);
        String wallet = customer.wallet().value();
        ledger.database.execute("""
            insert into ledger.event
            select global_position + n, stream, sequence + n, type, revision, gen_random_uuid(), occurred_at,
                   recorded_at, metadata, payload, salt, content_hash, previous_hash
            from ledger.event, generate_series(1, 2500) n where global_position = %d
            """.formatted(head()));
        long newest = ledger.engine.log().newestPosition(wallet).orElseThrow();

        projections.start();
        assertThat(projections.awaitStreams(List.of(wallet), LONG)).isTrue();

        assertThat(seen("one"))
                .isEqualTo(LongStream.rangeClosed(1, newest).boxed().toList());
        assertThat(timesSeen("two")).isEqualTo("1");
    }

    @Test
    void goOnWhereTheyStopped() {
        projections.start();
        credit(5);
        ledger.settle();
        projections.stop();
        credit(5);
        assertThat(projections.lag()).isEqualTo(5);

        projections.start();
        ledger.settle();

        assertThat(seen("one")).isEqualTo(allPositions());
        assertThat(timesSeen("one")).isEqualTo("1");
    }

    @Test
    void shareTheWorkAmongSeveralNodesWithoutDoingItTwice() {
        try (Projections other = anotherNode()) {
            projections.start();
            other.start();
            credit(50);
            ledger.settle();

            assertThat(other.awaitHead(LONG)).isTrue();
            assertThat(seen("one")).isEqualTo(allPositions());
            assertThat(timesSeen("one")).isEqualTo("1");
        }
    }

    @Test
    void parkAnEventThatAlwaysFailsAndGoOn() {
        credit(10);
        Enrolled other = ledger.enrol(customer.tenant(), "other");
        long poison = ledger.engine.log().newestPosition(other.wallet().value()).orElseThrow();
        one.poisonous.add(poison);
        credit(10);

        projections.start();
        ledger.settle();

        assertThat(seen("one")).doesNotContain(poison).hasSize((int) head() - 1);
        assertThat(seen("two")).isEqualTo(allPositions());
        assertThat(projections.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.projection()).isEqualTo("one");
            assertThat(letter.position()).isEqualTo(poison);
            assertThat(letter.stream()).isEqualTo(other.wallet().value());
            assertThat(letter.error()).contains("cannot stand position " + poison);
        });
        assertThat(projections.deadLetterCount()).isEqualTo(1);
    }

    @Test
    void parkWhatFollowsAParkedEventInItsStreamButNothingElse() {
        Enrolled other = ledger.enrol(customer.tenant(), "other");
        ledger.credit(other.wallet(), 1);
        long poison = head();
        one.poisonous.add(poison);
        projections.start();
        ledger.settle();
        ledger.credit(other.wallet(), 1);
        credit(1);
        ledger.settle();

        assertThat(projections.deadLetters()).extracting(DeadLetter::position).containsExactly(poison, poison + 1);
        assertThat(seen("one")).contains(poison + 2).doesNotContain(poison, poison + 1);
    }

    @Test
    void tryAgainBeforeTheyParkAnything() {
        one.failuresLeft.set(2);
        credit(3);

        projections.start();
        ledger.settle();

        assertThat(projections.deadLetters()).isEmpty();
        assertThat(seen("one")).isEqualTo(allPositions());
        assertThat(timesSeen("one")).isEqualTo("1");
    }

    @Test
    void parkWhatCannotBeDecodedForEveryProjection() {
        credit(1);
        long unreadable = insertAtTheEnd("'walUnreadable'", "type", "'not JSON'");

        projections.start();
        assertThat(projections.awaitStreams(List.of("walUnreadable"), LONG)).isFalse();

        assertThat(projections.deadLetters()).extracting(DeadLetter::projection).containsExactly("one", "two");
        assertThat(projections.deadLetters()).extracting(DeadLetter::position).containsOnly(unreadable);
        assertThat(seen("one")).hasSize((int) unreadable - 1);
    }

    @Test
    void standAsideForWhatANewerVersionWrote() {
        credit(3);
        long foreign = insertAtTheEnd("'walOfTomorrow'", "'NeverHeardOf'", "payload");
        projections.start();
        await().until(() -> projections.standsAsideFor().isPresent());

        assertThat(projections.standsAsideFor().orElseThrow()).contains("NeverHeardOf");
        assertThat(projections.position("one")).isEqualTo(foreign - 1);
        assertThat(projections.deadLetters()).isEmpty();

        // The newer node projects it.
        ledger.database.execute("update projection.position set position = " + foreign);
        await().until(() -> projections.standsAsideFor().isEmpty() || projections.position("two") == foreign);
        long next = insertAtTheEnd("stream", "type", "payload");
        assertThat(projections.awaitStreams(List.of(customer.wallet().value()), LONG))
                .isTrue();
        assertThat(projections.standsAsideFor()).isEmpty();
        assertThat(seen("one")).contains(foreign - 1, next).doesNotContain(foreign);
    }

    @Test
    void outliveBrokenConnections() {
        projections.start();
        for (int i = 0; i < 5; i++) {
            credit(5);
            ledger.database.rows("""
                select pg_terminate_backend(pid)::text from pg_stat_activity
                where datname = current_database() and usename = 'purser_app'
                and (query like '%projection.%' or query like '%unnest%')
                """);
        }
        credit(5);
        assertThat(projections.awaitHead(LONG)).isTrue();

        assertThat(seen("one")).isEqualTo(allPositions());
        assertThat(timesSeen("one")).isEqualTo("1");
        assertThat(projections.deadLetters()).isEmpty();
    }

    @Test
    void letReadersWaitForTheStreamsTheyShow() {
        credit(1);
        assertThat(projections.awaitStreams(List.of(customer.wallet().value()), SHORT))
                .isFalse();

        projections.start();

        assertThat(projections.awaitStreams(List.of(customer.wallet().value()), LONG))
                .isTrue();
        assertThat(projections.awaitStreams(List.of("walNobody"), SHORT)).isTrue();
        assertThat(projections.awaitStreams(List.of(), SHORT)).isTrue();
    }

    @Test
    void refuseTwoOfOneName() {
        assertThatThrownBy(() -> new Projections(
                        ledger.engine.log(),
                        ledger.engine.codec(),
                        ledger.database.dataSource(),
                        List.of(one, new Counting("one"))))
                .hasMessageContaining("one");
        assertThatThrownBy(() -> projections.position("three")).hasMessageContaining("three");
    }

    /** A copy of a wallet's credit, but for these columns. */
    private long insertAtTheEnd(String stream, String type, String payload) {
        ledger.database.execute("""
            insert into ledger.event
            select (select max(global_position) + 1 from ledger.event), %s, sequence + 1000, %s, 1, gen_random_uuid(),
                   occurred_at, recorded_at, metadata, %s, salt, content_hash, previous_hash
            from ledger.event where type = 'WalletCredited' order by global_position desc limit 1
            """.formatted(stream, type, payload));
        return Long.parseLong(ledger.database
                .rows("select max(global_position) from ledger.event")
                .getFirst());
    }

    private Projections anotherNode() {
        return new Projections(
                ledger.engine.log(), ledger.engine.codec(), ledger.database.dataSource(), List.of(one, two));
    }

    private void credit(int times) {
        for (int i = 0; i < times; i++) {
            ledger.credit(customer.wallet(), 1);
        }
    }

    private long head() {
        return ledger.engine.log().head();
    }

    private List<Long> allPositions() {
        return LongStream.rangeClosed(1, head()).boxed().toList();
    }

    private List<Long> seen(String projection) {
        return ledger.database.rows("select seen from projection." + projection + " order by 1").stream()
                .map(Long::valueOf)
                .toList();
    }

    private String timesSeen(String projection) {
        return ledger.database
                .rows("select max(position) from projection." + projection)
                .getFirst();
    }
}
