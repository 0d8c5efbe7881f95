package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.eventstore.log.UncheckedSqlException;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** The database goes away, or cannot write, under load: nobody is told what is not so, and afterwards it goes on. */
class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long seed = System.nanoTime();
    private final Outcomes outcomes = new Outcomes();

    private static EngineLimits recoveringFor(Duration recoverFor) {
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
                recoverFor,
                20);
    }

    private Ledger ledgerOn(OwnServer server, Duration recoverFor) {
        return Ledger.start(TestDatabase.createOn(server.port()), builder -> builder.limits(recoveringFor(recoverFor)));
    }

    private void awaitAcknowledged(int more) throws InterruptedException {
        await("commands are acknowledged", outcomes.acknowledged.size() + more, outcomes.acknowledged::size);
    }

    private static void await(String what, int atLeast, IntSupplier count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (count.getAsInt() < atLeast) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    /** As soon as the pool of reads, which asks again in longer and longer intervals, has found the database too. */
    private void verify(Ledger ledger) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                ledger.engine.log().after(0, 1);
                break;
            } catch (UncheckedSqlException e) {
                assertThat(System.nanoTime()).as("reads: %s", e).isLessThan(deadline);
                Thread.sleep(50);
            }
        }
        outcomes.verify(ledger, seed);
    }

    @Test
    void whoCallsWhileTheDatabaseIsAwayForAMomentIsAnsweredWhenItIsBack() throws InterruptedException {
        try (OwnServer server = OwnServer.start();
                Ledger ledger = ledgerOn(server, Duration.ofSeconds(30))) {
            Load load = Load.start(ledger.engine, seed, "", outcomes);
            awaitAcknowledged(500);
            server.kill();
            Thread.sleep(1_500);
            server.startAgain();
            awaitAcknowledged(500);
            load.stop();
            assertThat(outcomes.unknown)
                    .as("the writer found out, seed %d", seed)
                    .isEmpty();
            verify(ledger);
        }
    }

    @Test
    void whoCallsWhileTheDatabaseIsAwayForLongIsToldSoAndWritingGoesOnWhenItIsBack() throws InterruptedException {
        try (OwnServer server = OwnServer.start();
                Ledger ledger = ledgerOn(server, Duration.ofMillis(500))) {
            Load load = Load.start(ledger.engine, seed, "", outcomes);
            awaitAcknowledged(500);
            server.kill();
            int before = outcomes.turnedAway.size();
            await("callers are told", before + 128, outcomes.turnedAway::size);
            assertThatThrownBy(() -> ledger.credit("acc0", 1))
                    .isInstanceOfAny(LedgerUnavailable.class, OutcomeUnknown.class);
            server.startAgain();
            awaitAcknowledged(500);
            load.stop();
            verify(ledger);
        }
    }

    @Test
    void whoCallsWhileTheDiskIsFullIsToldSoAndWritingGoesOnWhenThereIsRoom() throws InterruptedException {
        try (OwnServer server = OwnServer.startOnSmallDisk(80);
                Ledger ledger = ledgerOn(server, Duration.ofSeconds(10))) {
            Load load = Load.start(ledger.engine, seed, "", outcomes);
            awaitAcknowledged(500);
            String failure = server.fillDisk();
            int before = outcomes.turnedAway.size();
            await("callers are told", before + 128, outcomes.turnedAway::size);
            int acknowledged = outcomes.acknowledged.size();
            assertThatThrownBy(() -> ledger.credit("acc0", 1))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasStackTraceContaining(failure);
            System.out.printf(
                    "disk full (%s): %d acknowledged before, %d while it was full%n",
                    failure, acknowledged, outcomes.acknowledged.size() - acknowledged);
            server.clearDisk();
            awaitAcknowledged(500);
            load.stop();
            verify(ledger);
        }
    }
}
