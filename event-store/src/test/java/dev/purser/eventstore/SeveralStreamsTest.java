package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.eventstore.Account.TooLittle;
import dev.purser.eventstore.Transfers.CopyBalance;
import dev.purser.eventstore.Transfers.Transfer;
import dev.purser.eventstore.secret.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeveralStreamsTest {

    private static Ledger ledger;

    private final String one = Ids.next("acc");
    private final String two = Ids.next("acc");

    @BeforeAll
    static void start() {
        ledger = Ledger.start(builder ->
                builder.registerHandler(repositories -> new Transfers(repositories.repositoryFor(Account.class))));
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @BeforeEach
    void openAccount() {
        ledger.open(one);
        ledger.credit(one, 100);
    }

    private long transfer(String from, String to, long amount) {
        return ledger.send(new Transfer(from, to, amount), from);
    }

    @Test
    void isStoredWholeOnSeveralStreams() {
        assertThat(transfer(one, two, 30)).isEqualTo(70);
        assertThat(ledger.balance(one)).isEqualTo(70);
        assertThat(ledger.balance(two)).isEqualTo(30);
        ledger.restart();
        assertThat(ledger.balance(two)).isEqualTo(30);
    }

    @Test
    void storesNothingAnywhereWhenItIsRefused() {
        assertThatThrownBy(() -> transfer(one, two, 101)).isInstanceOf(TooLittle.class);
        assertThat(ledger.engine.log().stream(two)).isEmpty();
        assertThat(ledger.balance(one)).isEqualTo(100);
    }

    @Test
    void failsWholeWhenItsFlushFails() throws Exception {
        CompletableFuture<Long> answer;
        try (Stall stall = new Stall(ledger.database)) {
            answer = ledger.engine.dispatch(new Transfer(one, two, 30), one, Map.of(), null);
            while (ledger.engine.streamsInFlight() < 2) {
                Thread.sleep(1);
            }
            ledger.database.killWriter();
            stall.release();
        }
        // The connection is replaced and the flush repeated; nobody notices.
        assertThat(answer.get()).isEqualTo(70);
        Audit audit = Audit.of(ledger.engine.log(), ledger.engine.codec());
        assertThat(audit.balances).containsEntry(one, 70L).containsEntry(two, 30L);
    }

    @Test
    void neitherLosesNorMakesMoneyWhenManyTransfersCross() throws InterruptedException {
        long seed = System.nanoTime();
        List<String> accounts = List.of(one, two, Ids.next("acc"), Ids.next("acc"), Ids.next("acc"), Ids.next("acc"));
        accounts.forEach(ledger::open);
        ConcurrentLinkedQueue<Throwable> surprises = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 32; caller++) {
            SplittableRandom random = new SplittableRandom(seed + caller);
            callers.add(Thread.startVirtualThread(() -> {
                for (int i = 0; i < 40; i++) {
                    int from = random.nextInt(accounts.size());
                    int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
                    try {
                        transfer(accounts.get(from), accounts.get(to), random.nextInt(1, 30));
                    } catch (TooLittle expected) {
                        // A refusal is as good an answer as any.
                    } catch (RuntimeException e) {
                        surprises.add(e);
                    }
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(surprises).as("seed %d", seed).isEmpty();
        Audit audit = Audit.of(ledger.engine.log(), ledger.engine.codec());
        assertThat(accounts.stream().mapToLong(audit.balances::get).sum())
                .as("seed %d", seed)
                .isEqualTo(100);
    }

    @Test
    void aStreamThatIsOnlyReadMustBeAsItWasRead() throws Exception {
        ledger.open(two);
        CompletableFuture<Long> debit;
        CompletableFuture<Long> copy;
        try (Stall stall = new Stall(ledger.database)) {
            debit = ledger.engine.dispatch(new Account.Debit(60, null), one, Map.of(), null);
            while (ledger.engine.streamsInFlight() < 1) {
                Thread.sleep(1);
            }
            copy = ledger.engine.dispatch(new CopyBalance(one, two), two, Map.of(), null);
            Thread.sleep(100);
            assertThat(copy).isNotDone();
            stall.release();
        }
        assertThat(debit.get()).isEqualTo(40);
        assertThat(copy.get()).isEqualTo(40);
    }
}
