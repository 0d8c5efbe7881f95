package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.eventstore.secret.Ids;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A snapshot spares the reading of a history, and is never believed where the log does not have its event. */
class SnapshotTest {

    private static final int EVERY = 10;

    private final String account = Ids.next("acc");
    private Ledger ledger;

    private static EngineLimits every(int events) {
        EngineLimits limits = EngineLimits.defaults();
        return new EngineLimits(
                limits.queuedAppends(),
                limits.queuedBytes(),
                limits.batchAppends(),
                limits.batchBytes(),
                limits.cachedAggregates(),
                limits.knownHeads(),
                limits.attempts(),
                limits.leadWait(),
                Duration.ZERO,
                events);
    }

    @BeforeEach
    void start() {
        ledger = Ledger.start(builder -> builder.limits(every(EVERY)));
        ledger.open(account);
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    private void credits(int times) {
        for (int i = 0; i < times; i++) {
            ledger.credit(account, 1);
        }
    }

    /** The writer of snapshots ends with the engine, when it has written what waited. */
    private String snapshotAfterStop(String column) {
        ledger.engine.stop();
        return ledger.database.value("select coalesce(max(" + column
                + "::text), 'none') from cache.snapshot where stream = '" + account + "'");
    }

    private void startAgain() {
        ledger.engine = ledger.newEngine();
        ledger.engine.start();
    }

    /** Changes what is kept of the account: whoever relies on it shows so. */
    private void forge(String assignments) {
        ledger.engine.stop();
        ledger.database.execute("update cache.snapshot set " + assignments + " where stream = '" + account + "'");
        startAgain();
    }

    @Test
    void isTakenEverySoManyEventsAndHoldsTheStateUpToThere() {
        credits(EVERY - 2);
        assertThat(snapshotAfterStop("sequence")).isEqualTo("none");
        startAgain();
        credits(1);
        assertThat(snapshotAfterStop("sequence")).isEqualTo("9");
        startAgain();
        credits(EVERY + 5);
        assertThat(snapshotAfterStop("sequence")).isEqualTo("19");
        assertThat(ledger.database.query(
                        "select s.format, s.state, s.content_hash = e.content_hash from cache.snapshot s"
                                + " join ledger.event e using (stream, sequence)"))
                .containsExactly(java.util.List.of("account/1", "{\"open\":true,\"balance\":19}", "t"));
    }

    @Test
    void isWhereLoadingBeginsWithAndWithoutEventsBehindIt() {
        credits(EVERY - 1);
        forge("state = '{\"open\":true,\"balance\":1009}'");
        assertThat(ledger.balance(account)).as("no event behind it").isEqualTo(1_009);
        credits(3);
        forge("created_at = created_at");
        assertThat(ledger.balance(account)).as("three events behind it").isEqualTo(1_012);
        assertThat(ledger.credit(account, 5)).isEqualTo(1_017);
        assertThat(ledger.engine.log().stream(account)).hasSize(14);
        Audit.of(ledger.engine.log(), ledger.engine.codec());
    }

    @Test
    void isIgnoredWhenTheLogHasAnotherEventThere() {
        credits(EVERY + 3);
        forge("state = '{\"open\":true,\"balance\":1000}', content_hash = sha256('another')");
        assertThat(ledger.balance(account)).isEqualTo(13);
        assertThat(snapshotAfterStop("state"))
                .as("so many events had to be read that there is a new one")
                .contains("\"balance\":13");
    }

    @Test
    void isIgnoredWhenItIsAheadOfTheLog() {
        credits(EVERY + 3);
        forge("state = '{\"open\":true,\"balance\":1000}', sequence = 5000");
        assertThat(ledger.balance(account)).isEqualTo(13);
    }

    @Test
    void isIgnoredAndReplacedWhenItHasAnotherFormat() {
        credits(EVERY + 3);
        forge("state = '{\"open\":true,\"balance\":1000}', format = 'account/2'");
        assertThat(ledger.balance(account)).isEqualTo(13);
        assertThat(snapshotAfterStop("format")).isEqualTo("account/1");
    }

    @Test
    void isIgnoredWhenItCannotBeDecoded() {
        credits(EVERY + 3);
        for (String damaged :
                new String[] {"{", "[]", "null", "{\"open\":true}", "{\"open\":true,\"balance\":1,\"x\":2}"}) {
            forge("state = '" + damaged + "'");
            assertThat(ledger.balance(account)).as(damaged).isEqualTo(13);
        }
    }

    @Test
    void isTakenOfALongStreamThatHasNoneAsSoonAsItWasRead() {
        credits(EVERY + 3);
        ledger.engine.stop();
        ledger.database.execute("truncate cache.snapshot");
        startAgain();
        assertThat(ledger.balance(account)).isEqualTo(13);
        assertThat(snapshotAfterStop("sequence")).isEqualTo("13");
    }

    @Test
    void isNotMissedWhenItsTableCannotBeUsed() {
        ledger.database.execute("alter table cache.snapshot rename to elsewhere");
        credits(2 * EVERY);
        ledger.restart();
        assertThat(ledger.balance(account)).isEqualTo(20);
        ledger.database.execute("alter table cache.elsewhere rename to snapshot");
        credits(EVERY);
        assertThat(snapshotAfterStop("sequence")).isEqualTo("29");
    }

    @Test
    void isNeverTakenOfAStateThatWasNotStored() throws Exception {
        credits(EVERY - 2);
        CompletableFuture<Long> lost;
        try (Stall stall = new Stall(ledger.database)) {
            lost = ledger.engine.dispatch(new Account.Credit(500, null), account, Map.of(), null);
            while (ledger.engine.streamsInFlight() == 0) {
                Thread.sleep(1);
            }
            Thread.sleep(100);
            assertThat(ledger.database.killWriter()).isEqualTo(2);
            stall.release();
        }
        assertThatThrownBy(() -> lost.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(OutcomeUnknown.class);
        assertThat(ledger.balance(account)).isEqualTo(8);
        assertThat(snapshotAfterStop("sequence")).isEqualTo("none");
        startAgain();
        assertThat(ledger.credit(account, 1)).isEqualTo(9);
        assertThat(snapshotAfterStop("state")).contains("\"balance\":9");
    }
}
