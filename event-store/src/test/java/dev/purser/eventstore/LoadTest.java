package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.eventstore.Account.TooLittle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class LoadTest {

    @Test
    void ofTwoHundredParallelDebitsExactlyThoseThatAreCoveredSucceed() {
        try (Ledger ledger = Ledger.start()) {
            ledger.open("acc1");
            ledger.credit("acc1", 100);
            List<CompletableFuture<Long>> debits = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                debits.add(ledger.engine.dispatch(new Account.Debit(1, null), "acc1", Map.of(), null));
            }
            int refused = 0;
            for (CompletableFuture<Long> debit : debits) {
                try {
                    debit.join();
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(TooLittle.class);
                    refused++;
                }
            }
            assertThat(refused).isEqualTo(100);
            assertThat(ledger.balance("acc1")).isZero();
            assertThat(ledger.engine.log().stream("acc1")).hasSize(102);
        }
    }

    @Test
    void aggregatesEvictedFromTheCacheAreLoadedAnewWithoutLosingAnything() throws InterruptedException {
        EngineLimits limits = EngineLimits.defaults();
        EngineLimits small = new EngineLimits(
                limits.queuedAppends(),
                limits.queuedBytes(),
                limits.batchAppends(),
                limits.batchBytes(),
                16,
                8,
                limits.attempts(),
                limits.leadWait(),
                limits.recoverFor(),
                limits.snapshotEvery());
        int accounts = 60;
        int callers = 12;
        int credits = 60;
        try (Ledger ledger = Ledger.start(builder -> builder.limits(small))) {
            for (int account = 0; account < accounts; account++) {
                ledger.open("acc" + account);
            }
            List<Thread> threads = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int first = caller;
                threads.add(Thread.startVirtualThread(() -> {
                    for (int i = 0; i < credits; i++) {
                        ledger.credit("acc" + (first * 7 + i) % accounts, 1);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Audit audit = Audit.of(ledger.engine.log(), ledger.engine.codec());
            assertThat(audit.balances.values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo((long) callers * credits);
        }
    }
}
