package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.eventstore.Account.TooLittle;
import dev.purser.eventstore.secret.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What early lock release must not break. A lock on the event table, taken by the test, holds the writer's flush where it
 * is, so that commands run on state that is not yet durable.
 */
class EightRulesTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static Ledger ledger;

    private final String account = Ids.next("acc");

    @BeforeAll
    static void start() {
        ledger = Ledger.start(builder -> builder.limits(impatient())
                .registerHandler(repositories -> new Transfers(repositories.repositoryFor(Account.class))));
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @BeforeEach
    void openAccount() throws InterruptedException {
        // The test before this one may have left the writer without its connection.
        while (true) {
            try {
                ledger.open(account);
                ledger.credit(account, 100);
                return;
            } catch (LedgerFailure e) {
                Thread.sleep(50);
            }
        }
    }

    // Failed connections are not replaced while callers wait, so that failures reach them.
    private static EngineLimits impatient() {
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
                limits.snapshotEvery());
    }

    @Test
    void aCommandRunsOnTheStateOfOneThatIsNotYetDurableAndIsAnsweredAfterIt() throws Exception {
        CompletableFuture<Long> first;
        CompletableFuture<Long> second;
        try (Stall stall = new Stall(ledger.database)) {
            first = later(new Account.Debit(60, null));
            second = later(new Account.Debit(40, null));
            Thread.sleep(200);
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            stall.release();
        }
        assertThat(List.of(soon(first), soon(second)))
                .containsAnyOf(0L, 60L, 40L)
                .contains(0L);
        assertThat(ledger.balance(account)).isZero();
    }

    @Test
    void aRefusalWaitsForTheStateItRestsOn() throws Exception {
        CompletableFuture<Long> debit;
        CompletableFuture<Long> refused;
        try (Stall stall = new Stall(ledger.database)) {
            debit = later(new Account.Debit(100, null));
            awaitStalled();
            refused = later(new Account.Debit(1, null));
            Thread.sleep(200);
            assertThat(refused)
                    .as("a refusal must not be answered before what it rests on is durable")
                    .isNotDone();
            stall.release();
        }
        assertThat(soon(debit)).isZero();
        assertThatThrownBy(() -> soon(refused)).hasCauseInstanceOf(TooLittle.class);
    }

    @Test
    void aRefusalThatRestedOnALostDebitIsDecidedAgain() throws Exception {
        CompletableFuture<Long> debit;
        CompletableFuture<Long> second;
        try (Stall stall = new Stall(ledger.database)) {
            debit = later(new Account.Debit(100, null));
            awaitStalled();
            second = later(new Account.Debit(1, null));
            Thread.sleep(100);
            assertThat(ledger.database.killWriter()).isEqualTo(2);
            stall.release();
        }
        assertThatThrownBy(() -> soon(debit)).hasCauseInstanceOf(OutcomeUnknown.class);
        assertThat(soon(second))
                .as("the debit was lost, so there is enough for the second")
                .isEqualTo(99);
        assertThat(ledger.balance(account)).isEqualTo(99);
    }

    @Test
    void whatIsQueuedBehindAFailedFlushIsDecidedAgainOnFreshState() throws Exception {
        CompletableFuture<Long> first;
        CompletableFuture<Long> second;
        try (Stall stall = new Stall(ledger.database)) {
            first = later(new Account.Credit(1, null));
            awaitStalled();
            second = later(new Account.Credit(10, null));
            Thread.sleep(100);
            assertThat(ledger.database.killWriter()).isEqualTo(2);
            stall.release();
        }
        assertThatThrownBy(() -> soon(first)).hasCauseInstanceOf(OutcomeUnknown.class);
        assertThat(soon(second)).isEqualTo(110);
        Audit audit = Audit.of(ledger.engine.log(), ledger.engine.codec());
        assertThat(audit.balances).containsEntry(account, 110L);
    }

    @Test
    void aDecisionIsMadeAgainWhenAStreamThatItOnlyReadIsNotAsItWasRead() throws Exception {
        String other = Ids.next("acc");
        ledger.open(other);
        CompletableFuture<Long> debit;
        CompletableFuture<Long> copy;
        try (Stall stall = new Stall(ledger.database)) {
            debit = later(new Account.Debit(60, null));
            awaitStalled();
            copy = ledger.engine.dispatch(new Transfers.CopyBalance(account, other), other, Map.of(), null);
            Thread.sleep(100);
            assertThat(ledger.database.killWriter()).isEqualTo(2);
            stall.release();
        }
        assertThatThrownBy(() -> soon(debit)).hasCauseInstanceOf(OutcomeUnknown.class);
        assertThat(soon(copy))
                .as("the debit was lost, so all of the balance is copied")
                .isEqualTo(100);
    }

    @Test
    void aCommandThatFailedAfterApplyingEventsLeavesNoTrace() {
        assertThatThrownBy(() -> ledger.send(new Account.DebitAndFail(40), account))
                .isInstanceOf(TooLittle.class);
        assertThat(ledger.balance(account)).isEqualTo(100);
        assertThat(ledger.debit(account, 100)).isZero();
    }

    @Test
    void aReloadWaitsForTheLastAppendQueuedForTheStream() throws Exception {
        CompletableFuture<Long> credit;
        CompletableFuture<Long> refused;
        CompletableFuture<Long> afterReload;
        try (Stall stall = new Stall(ledger.database)) {
            credit = later(new Account.Credit(5, null));
            awaitStalled();
            // Evicts the aggregate, so the next command must load it anew while the credit is on its way.
            refused = later(new Account.DebitAndFail(1));
            Thread.sleep(100);
            afterReload = later(new Account.Credit(7, null));
            Thread.sleep(200);
            assertThat(afterReload).isNotDone();
            stall.release();
        }
        assertThatThrownBy(() -> soon(refused)).hasCauseInstanceOf(TooLittle.class);
        assertThat(soon(credit)).isEqualTo(105);
        assertThat(soon(afterReload)).isEqualTo(112);
    }

    @Test
    void whoReadsAStreamSeesWhatWasQueuedForItBefore() throws Exception {
        CompletableFuture<Long> credit;
        CompletableFuture<Long> read;
        try (Stall stall = new Stall(ledger.database)) {
            credit = later(new Account.Credit(5, null));
            awaitStalled();
            read = CompletableFuture.supplyAsync(() ->
                    ledger.engine.eventStore().readEvents(account).asStream().count());
            Thread.sleep(200);
            assertThat(read).isNotDone();
            stall.release();
        }
        assertThat(soon(credit)).isEqualTo(105);
        assertThat(soon(read)).isEqualTo(3);
    }

    private CompletableFuture<Long> later(Object command) {
        return ledger.engine.dispatch(command, account, Map.of(), null);
    }

    private static long soon(CompletableFuture<Long> answer) throws Exception {
        return answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private void awaitStalled() throws InterruptedException {
        ledger.database.awaitWriterWaitingFor("relation");
    }
}
