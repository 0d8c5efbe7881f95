package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.eventstore.Account.TooLittle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** The writer's connection is killed over and over, under load: nothing acknowledged is lost, nothing is done twice. */
class ChaosTest {

    private static final int CALLERS = 96;
    private static final int ACCOUNTS = 20;
    private static final Duration LOAD = Duration.ofSeconds(3);
    private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, String> failed = new ConcurrentHashMap<>();
    private final Map<String, String> unknown = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Map.Entry<String, Long>> refusals = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> surprises = new ConcurrentLinkedQueue<>();
    private final LongAdder alreadyDone = new LongAdder();

    @Test
    void everyAcknowledgedCommandIsStoredExactlyOnceWhileTheWritersConnectionIsKilled() throws InterruptedException {
        long seed = System.nanoTime();
        try (Ledger ledger = Ledger.start()) {
            SplittableRandom random = new SplittableRandom(seed - 1);
            AtomicInteger kills = new AtomicInteger();
            underLoad(ledger, seed, () -> {
                Thread.sleep(random.nextInt(100, 400));
                return kills.addAndGet(ledger.database.killWriter()) >= 10;
            });
            verify(ledger, seed);
        }
    }

    @Test
    void everyAcknowledgedCommandIsStoredExactlyOnceWhileAnswersAreLostAndTheWriterFindsOutWhatIsStored()
            throws InterruptedException, IOException {
        throughAFaultyNetwork(Duration.ofSeconds(20), proxy -> proxy.answersLost() >= 15 && proxy.requestsLost() >= 10);
        assertThat(unknown).as("the writer had the time to find out").isEmpty();
    }

    @Test
    void everyAcknowledgedCommandIsStoredExactlyOnceWhileAnswersAreLostAndCallersAreToldSo()
            throws InterruptedException, IOException {
        throughAFaultyNetwork(
                Duration.ZERO,
                proxy -> proxy.answersLost() >= 10 && proxy.requestsLost() >= 10 && unknown.size() >= 10);
    }

    private void throughAFaultyNetwork(Duration recoverFor, Predicate<FaultyProxy> enough)
            throws InterruptedException, IOException {
        long seed = System.nanoTime();
        EngineLimits limits = EngineLimits.defaults();
        EngineLimits tight = new EngineLimits(
                limits.queuedAppends(),
                limits.queuedBytes(),
                64,
                limits.batchBytes(),
                16,
                8,
                limits.attempts(),
                limits.leadWait(),
                recoverFor);
        try (FaultyProxy proxy = new FaultyProxy(seed, 60);
                TestDatabase database = TestDatabase.create();
                Ledger ledger = Ledger.start(
                        database,
                        builder -> builder.writes(database.writesThrough(proxy.port()))
                                .limits(tight))) {
            proxy.becomeFaulty();
            underLoad(ledger, seed, () -> {
                Thread.sleep(50);
                return enough.test(proxy);
            });
            proxy.becomeReliable();
            verify(ledger, seed);
        }
    }

    private void verify(Ledger ledger, long seed) {
        System.out.printf(
                "chaos, seed %d: %d acknowledged, %d refused, %d failed, %d unknown, %d found done on retry%n",
                seed, acknowledged.size(), refusals.size(), failed.size(), unknown.size(), alreadyDone.sum());
        assertThat(surprises).as("unexpected failures, seed %d", seed).isEmpty();
        assertThat(acknowledged).as("seed %d", seed).hasSizeGreaterThan(200);
        check(ledger, Audit.of(ledger.engine.log(), ledger.engine.codec()), seed);
        ledger.restart();
        check(ledger, Audit.of(ledger.engine.log(), ledger.engine.codec()), seed);
    }

    private void check(Ledger ledger, Audit audit, long seed) {
        acknowledged.forEach((reference, balance) -> {
            assertThat(audit.references.get(reference))
                    .as("%s, seed %d", reference, seed)
                    .isEqualTo(1);
            assertThat(audit.balanceAfter.get(reference))
                    .as("%s, seed %d", reference, seed)
                    .isEqualTo(balance);
        });
        failed.forEach((reference, why) -> assertThat(audit.references)
                .as("%s failed with %s, seed %d", reference, why, seed)
                .doesNotContainKey(reference));
        refusals.forEach(refusal -> assertThat(audit.balancesSeen.get(refusal.getKey()))
                .as("a refusal quotes a balance that was stored, seed %d", seed)
                .contains(refusal.getValue()));
        assertThat(audit.references.values()).as("seed %d", seed).containsOnly(1);
        audit.balances.forEach((account, balance) -> assertThat(ledger.balance(account))
                .as("%s, seed %d", account, seed)
                .isEqualTo(balance));
        assertThat(ledger.engine.streamsInFlight()).isZero();
    }

    /** Something that goes wrong now; whether it has gone wrong often enough. */
    @FunctionalInterface
    private interface Trouble {
        boolean strike() throws InterruptedException;
    }

    private void underLoad(Ledger ledger, long seed, Trouble trouble) throws InterruptedException {
        for (int account = 0; account < ACCOUNTS; account++) {
            openWhateverHappens(ledger, "acc" + account);
        }
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            int number = caller;
            SplittableRandom random = new SplittableRandom(seed + caller);
            callers.add(Thread.startVirtualThread(() -> {
                for (int i = 0; !over.get(); i++) {
                    command(ledger, "c" + number + "-" + i, random);
                }
            }));
        }
        long begin = System.nanoTime();
        boolean enough = false;
        while (!enough || System.nanoTime() - begin < LOAD.toNanos()) {
            enough = trouble.strike();
            assertThat(System.nanoTime() - begin)
                    .as("trouble is slow to come, seed %d", seed)
                    .isLessThan(PATIENCE);
        }
        over.set(true);
        for (Thread caller : callers) {
            assertThat(caller.join(Duration.ofSeconds(30)))
                    .as("a caller was never answered, seed %d", seed)
                    .isTrue();
        }
    }

    private static void openWhateverHappens(Ledger ledger, String account) {
        while (true) {
            try {
                ledger.open(account);
                return;
            } catch (OutcomeUnknown | LedgerUnavailable | ConcurrencyException e) {
                // Opening is idempotent.
            }
        }
    }

    private void command(Ledger ledger, String reference, SplittableRandom random) {
        String account = "acc" + random.nextInt(ACCOUNTS);
        Object command = random.nextInt(3) == 0
                ? new Account.Credit(random.nextInt(20), reference)
                : new Account.Debit(random.nextInt(20), reference);
        boolean keyed = random.nextInt(4) == 0;
        boolean retried = false;
        while (true) {
            try {
                Long balance = ledger.engine.send(command, account, Map.of(), keyed ? Answers.under(reference) : null);
                acknowledged.put(reference, balance);
            } catch (TooLittle refusal) {
                if (!retried) {
                    refusals.add(Map.entry(account, refusal.balance()));
                    failed.put(reference, "refused");
                }
            } catch (UniqueClaimViolated done) {
                if (!retried) {
                    surprises.add(done);
                }
                alreadyDone.increment();
            } catch (OutcomeUnknown e) {
                unknown.put(reference, e.getMessage());
                if (keyed) {
                    retried = true;
                    continue;
                }
            } catch (ConcurrencyException | LedgerUnavailable | LedgerOverloaded e) {
                if (!retried) {
                    failed.put(reference, e.getClass().getSimpleName());
                }
            } catch (RuntimeException | Error e) {
                surprises.add(e);
            }
            return;
        }
    }
}
