package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class BackPressureTest {

    private static final int ROOM = 20;

    @Test
    void whatFindsNoRoomIsRefusedAtOnceAndChangesNothing() throws Exception {
        EngineLimits limits = EngineLimits.defaults();
        EngineLimits narrow = new EngineLimits(
                ROOM,
                limits.queuedBytes(),
                limits.batchAppends(),
                limits.batchBytes(),
                limits.cachedAggregates(),
                limits.knownHeads(),
                limits.attempts(),
                limits.leadWait(),
                limits.recoverFor(),
                limits.snapshotEvery());
        try (Ledger ledger = Ledger.start(builder -> builder.limits(narrow))) {
            ledger.open("acc1");
            List<CompletableFuture<Long>> answers = new ArrayList<>();
            int refused = 0;
            try (Stall stall = new Stall(ledger.database)) {
                for (int i = 0; i < 5 * ROOM; i++) {
                    answers.add(ledger.engine.dispatch(new Account.Credit(1, null), "acc1", Map.of(), null));
                }
                while (ledger.engine.commandsInFlight() < ROOM) {
                    Thread.sleep(1);
                }
                // Those that found no room are answered while the others still wait.
                while (answers.stream().filter(CompletableFuture::isDone).count() < 4 * ROOM) {
                    Thread.sleep(1);
                }
                stall.release();
            }
            for (CompletableFuture<Long> answer : answers) {
                try {
                    answer.join();
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(LedgerOverloaded.class);
                    refused++;
                }
            }
            assertThat(refused).isEqualTo(4 * ROOM);
            assertThat(ledger.balance("acc1")).isEqualTo(ROOM);
            assertThat(ledger.engine.commandsInFlight()).isZero();
            assertThat(ledger.credit("acc1", 1)).isEqualTo(ROOM + 1);
        }
    }
}
