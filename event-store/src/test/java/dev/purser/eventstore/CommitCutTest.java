package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection breaks in the middle of a commit: what is stored decides what the caller is told, or he is told neither. */
class CommitCutTest {

    private static final String ACCOUNT = "acc1";

    private final FaultyProxy proxy = new FaultyProxy(1, 1);

    private Ledger start(Duration recoverFor) {
        EngineLimits limits = EngineLimits.defaults();
        EngineLimits recovering = new EngineLimits(
                limits.queuedAppends(),
                limits.queuedBytes(),
                limits.batchAppends(),
                limits.batchBytes(),
                limits.cachedAggregates(),
                limits.knownHeads(),
                limits.attempts(),
                limits.leadWait(),
                recoverFor,
                limits.snapshotEvery());
        TestDatabase database = TestDatabase.create();
        Ledger ledger = Ledger.start(
                database,
                builder -> builder.writes(database.writesThrough(proxy.port())).limits(recovering));
        ledger.open(ACCOUNT);
        ledger.credit(ACCOUNT, 100);
        return ledger;
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    /** Lets a debit reach the database, and the database's answer not reach the writer. */
    private CompletableFuture<Long> debitWhoseCommitIsNotHeardOf(Ledger ledger) throws Exception {
        ledger.database.slowDownInserts();
        CompletableFuture<Long> debit = ledger.engine.dispatch(new Account.Debit(30, "one"), ACCOUNT, Map.of(), null);
        ledger.database.awaitWriterWaitingFor("PgSleep");
        proxy.loseNextAnswer();
        return debit;
    }

    private static void assertStored(Ledger ledger, int times) {
        Audit audit = Audit.of(ledger.engine.log(), ledger.engine.codec());
        assertThat(audit.references.getOrDefault("one", 0)).isEqualTo(times);
        assertThat(ledger.balance(ACCOUNT)).isEqualTo(100 - 30 * times);
        assertThat(ledger.debit(ACCOUNT, 10)).as("it goes on").isEqualTo(90 - 30 * times);
    }

    @Test
    void afterTheCommitTheWriterFindsTheEventsAndTheCallerGetsHisAnswer() throws Exception {
        try (Ledger ledger = start(Duration.ofSeconds(20))) {
            assertThat(debitWhoseCommitIsNotHeardOf(ledger).get(20, TimeUnit.SECONDS))
                    .isEqualTo(70);
            assertThat(proxy.answersLost()).isEqualTo(1);
            assertStored(ledger, 1);
        }
    }

    @Test
    void afterTheCommitAndWithoutTimeToLookTheCallerIsToldThatItIsNotKnown() throws Exception {
        try (Ledger ledger = start(Duration.ZERO)) {
            CompletableFuture<Long> debit = debitWhoseCommitIsNotHeardOf(ledger);
            assertThatThrownBy(() -> debit.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(OutcomeUnknown.class);
            assertThat(proxy.answersLost()).isEqualTo(1);
            assertStored(ledger, 1);
        }
    }

    @Test
    void beforeTheCommitTheWriterFindsNothingAndStoresTheEventsOnce() {
        try (Ledger ledger = start(Duration.ofSeconds(20))) {
            proxy.loseRequestAfter(1);
            assertThat(ledger.send(new Account.Debit(30, "one"), ACCOUNT)).isEqualTo(70);
            assertThat(proxy.requestsLost()).isEqualTo(1);
            assertStored(ledger, 1);
        }
    }

    @Test
    void beforeTheCommitAndWithoutTimeToLookTheCallerIsToldThatItIsNotKnown() {
        try (Ledger ledger = start(Duration.ZERO)) {
            proxy.loseRequestAfter(1);
            assertThatThrownBy(() -> ledger.send(new Account.Debit(30, "one"), ACCOUNT))
                    .isInstanceOf(OutcomeUnknown.class);
            assertThat(proxy.requestsLost()).isEqualTo(1);
            assertStored(ledger, 0);
        }
    }
}
