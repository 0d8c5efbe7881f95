package dev.purser.projection.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
    private final Map<Integer, String> table = new ConcurrentHashMap<>();
    private final BlockingQueue<Statement> started = new LinkedBlockingQueue<>();
    private final SharedReads<Integer, String> reads = new SharedReads<>(this::read);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    /** A statement that has begun; it reads the table when it is let go on. */
    private record Statement(Set<Integer> keys, CompletableFuture<Void> goesOn) {}

    private Map<Integer, String> read(Set<Integer> keys) {
        Statement statement = new Statement(new HashSet<>(keys), new CompletableFuture<>());
        started.add(statement);
        statement.goesOn().join();
        Map<Integer, String> found = new HashMap<>(table);
        found.keySet().retainAll(keys);
        return found;
    }

    @AfterEach
    void stopCallers() {
        callers.shutdownNow();
    }

    private CompletableFuture<Optional<String>> find(int key) {
        return CompletableFuture.supplyAsync(() -> reads.find(key), callers);
    }

    private Statement nextStatement() throws InterruptedException {
        Statement statement = started.poll(10, TimeUnit.SECONDS);
        if (statement == null) {
            throw new AssertionError("no statement was begun");
        }
        return statement;
    }

    private List<CompletableFuture<Optional<String>>> behind(int callersWaiting) {
        return IntStream.range(0, callersWaiting).mapToObj(this::find).toList();
    }

    @Test
    void findsWhatIsThereAndNothingElse() throws InterruptedException {
        table.put(1, "one");

        CompletableFuture<Optional<String>> there = find(1);
        nextStatement().goesOn().complete(null);
        CompletableFuture<Optional<String>> missing = find(2);
        nextStatement().goesOn().complete(null);

        assertThat(there.join()).contains("one");
        assertThat(missing.join()).isEmpty();
    }

    @Test
    void callersBehindTwoStatementsShareTheNextOne() throws InterruptedException {
        IntStream.range(0, 100).forEach(key -> table.put(key, "value " + key));
        CompletableFuture<Optional<String>> first = find(1_000);
        CompletableFuture<Optional<String>> second = find(1_001);
        Statement one = nextStatement();
        Statement two = nextStatement();
        List<CompletableFuture<Optional<String>>> behind = behind(100);
        Awaitility.await().until(() -> reads.waitingKeys() == 100);

        one.goesOn().complete(null);
        Statement shared = nextStatement();
        shared.goesOn().complete(null);
        two.goesOn().complete(null);

        assertThat(shared.keys()).hasSize(100);
        for (int key = 0; key < 100; key++) {
            assertThat(behind.get(key).join()).contains("value " + key);
        }
        assertThat(first.join()).isEmpty();
        assertThat(second.join()).isEmpty();
    }

    @Test
    void whoeverAsksAfterAStatementHasBegunIsReadByALaterOne() throws InterruptedException {
        table.put(1, "valid");
        CompletableFuture<Optional<String>> early = find(1);
        CompletableFuture<Optional<String>> other = find(2);
        Statement one = nextStatement();
        Statement two = nextStatement();
        CompletableFuture<Optional<String>> late = find(1);
        Awaitility.await().until(() -> reads.waitingKeys() == 1);

        one.goesOn().complete(null);
        two.goesOn().complete(null);
        early.join();
        other.join();
        Statement later = nextStatement();
        table.put(1, "revoked");
        later.goesOn().complete(null);

        assertThat(late.join()).contains("revoked");
    }

    @Test
    void aFailureIsToldToAllWhoShareItAndToNobodyElse() throws InterruptedException {
        IllegalStateException away = new IllegalStateException("the database is away");
        CompletableFuture<Optional<String>> first = find(1);
        CompletableFuture<Optional<String>> second = find(2);
        Statement one = nextStatement();
        Statement two = nextStatement();
        List<CompletableFuture<Optional<String>>> behind = behind(2);
        Awaitility.await().until(() -> reads.waitingKeys() == 2);

        one.goesOn().completeExceptionally(away);
        nextStatement().goesOn().completeExceptionally(away);
        two.goesOn().complete(null);

        assertThatThrownBy(first::join).hasRootCause(away);
        assertThat(second.join()).isEmpty();
        assertThat(behind).allSatisfy(caller -> assertThatThrownBy(caller::join).hasRootCause(away));
        CompletableFuture<Optional<String>> afterwards = find(3);
        nextStatement().goesOn().complete(null);
        assertThat(afterwards.join()).isEmpty();
    }

    @Test
    void aStatementHasAtMost256Keys() throws InterruptedException {
        CompletableFuture<Optional<String>> first = find(1_000);
        CompletableFuture<Optional<String>> second = find(1_001);
        Statement one = nextStatement();
        Statement two = nextStatement();
        List<CompletableFuture<Optional<String>>> behind = behind(300);
        Awaitility.await().until(() -> reads.waitingKeys() == 300);

        one.goesOn().complete(null);
        two.goesOn().complete(null);
        Statement full = nextStatement();
        Statement rest = nextStatement();
        full.goesOn().complete(null);
        rest.goesOn().complete(null);

        assertThat(Set.of(full.keys().size(), rest.keys().size())).containsExactlyInAnyOrder(256, 44);
        assertThat(behind).allSatisfy(caller -> assertThat(caller.join()).isEmpty());
        assertThat(List.of(first.join(), second.join())).containsOnly(Optional.empty());
    }
}
