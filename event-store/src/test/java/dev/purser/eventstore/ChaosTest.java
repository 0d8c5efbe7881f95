package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The writer's connection, or the whole process, is killed over and over, under load: nothing acknowledged is lost, nothing
 * is done twice. {@code -Dpurser.chaos.seconds} makes it longer, {@code -Dpurser.chaos.seed} repeats a run as far as threads
 * let it.
 */
class ChaosTest {

    private static final long PATIENCE =
            Duration.ofSeconds(60).plus(Load.LASTING).toNanos();
    private static final int LEAST_KILLED_PROCESSES = 3;

    private final long seed = Long.getLong("purser.chaos.seed", System.nanoTime());
    private final Outcomes outcomes = new Outcomes();

    /** The low halves of the keys of the locks that the writer's two sessions have. */
    private static final int FIRST_SESSION = 0x6572_4C44;

    private static final int SECOND_SESSION = 0x6572_4C32;

    private static EngineLimits limits(int cachedAggregates, int snapshotEvery, Duration recoverFor) {
        EngineLimits limits = EngineLimits.defaults();
        return new EngineLimits(
                limits.queuedAppends(),
                limits.queuedBytes(),
                64,
                limits.batchBytes(),
                cachedAggregates,
                8,
                limits.attempts(),
                limits.leadWait(),
                recoverFor,
                snapshotEvery);
    }

    @Test
    void everyAcknowledgedCommandIsStoredExactlyOnceWhileTheWritersConnectionIsKilled() throws InterruptedException {
        EngineLimits limits = limits(64, 20, Duration.ofSeconds(10));
        try (Ledger ledger = Ledger.start(builder -> builder.limits(limits))) {
            SplittableRandom random = new SplittableRandom(seed - 1);
            AtomicInteger kills = new AtomicInteger();
            underLoad(ledger, () -> {
                Thread.sleep(random.nextInt(100, 400));
                int killed = random.nextInt(3) == 0
                        ? ledger.database.killWriter()
                        : ledger.database.killWriter(random.nextBoolean() ? FIRST_SESSION : SECOND_SESSION);
                return kills.addAndGet(killed) >= 15;
            });
            outcomes.verify(ledger, seed);
        }
    }

    @Test
    void everyAcknowledgedCommandIsStoredExactlyOnceWhileAnswersAreLostAndTheWriterFindsOutWhatIsStored()
            throws InterruptedException, IOException {
        throughAFaultyNetwork(Duration.ofSeconds(20), proxy -> proxy.answersLost() >= 15 && proxy.requestsLost() >= 10);
        assertThat(outcomes.unknown).as("the writer had the time to find out").isEmpty();
    }

    @Test
    void everyAcknowledgedCommandIsStoredExactlyOnceWhileAnswersAreLostAndCallersAreToldSo()
            throws InterruptedException, IOException {
        throughAFaultyNetwork(
                Duration.ZERO,
                proxy -> proxy.answersLost() >= 10 && proxy.requestsLost() >= 10 && outcomes.unknown.size() >= 10);
    }

    private void throughAFaultyNetwork(Duration recoverFor, Predicate<FaultyProxy> enough)
            throws InterruptedException, IOException {
        try (FaultyProxy proxy = new FaultyProxy(seed, 60);
                TestDatabase database = TestDatabase.create();
                Ledger ledger = Ledger.start(
                        database,
                        builder -> builder.writes(database.writesThrough(proxy.port()))
                                .limits(limits(16, 20, recoverFor)))) {
            proxy.becomeFaulty();
            underLoad(ledger, () -> {
                Thread.sleep(50);
                return enough.test(proxy);
            });
            proxy.becomeReliable();
            outcomes.verify(ledger, seed);
        }
    }

    @Test
    void everyAcknowledgedCommandIsStoredExactlyOnceWhenTheProcessIsKilledAndStartedAgain()
            throws InterruptedException, IOException {
        SplittableRandom random = new SplittableRandom(seed);
        long end = System.nanoTime() + Load.LASTING.toNanos();
        try (TestDatabase database = TestDatabase.create()) {
            for (int life = 0; life < LEAST_KILLED_PROCESSES || System.nanoTime() < end; life++) {
                try (LoadProcess process = LoadProcess.start(database, seed + life, "life" + life, outcomes)) {
                    process.awaitOutcomes(100);
                    Thread.sleep(random.nextInt(100, 700));
                    process.kill();
                }
            }
            try (Ledger ledger = Ledger.start(database, builder -> builder)) {
                outcomes.verify(ledger, seed);
            }
        }
    }

    /** Something that goes wrong now; whether it has gone wrong often enough. */
    @FunctionalInterface
    private interface Trouble {
        boolean strike() throws InterruptedException;
    }

    private void underLoad(Ledger ledger, Trouble trouble) throws InterruptedException {
        Load load = Load.start(ledger.engine, seed, "", outcomes);
        long begin = System.nanoTime();
        boolean enough = false;
        while (!enough || System.nanoTime() - begin < Load.LASTING.toNanos()) {
            enough = trouble.strike();
            assertThat(System.nanoTime() - begin)
                    .as("trouble is slow to come, seed %d", seed)
                    .isLessThan(PATIENCE);
        }
        load.stop();
    }
}
