package dev.purser.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.eventstore.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Reading a log of two streams, ten events, recorded at seconds 1, 2, 2, 2, 5, 6, 7, 8, 9, 10. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventLogTest {

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private TestDatabase database;
    private EventLog log;

    @BeforeAll
    void fill() {
        database = TestDatabase.create();
        int[] seconds = {1, 2, 2, 2, 5, 6, 7, 8, 9, 10};
        for (int i = 0; i < seconds.length; i++) {
            database.execute(
                    "insert into ledger.event values (%d, '%s', %d, 'T', 1, gen_random_uuid(), '%s', '%s', '', '', %s, %s, %s)"
                            .formatted(
                                    i + 1,
                                    i % 2 == 0 ? "even" : "odd",
                                    i / 2,
                                    EPOCH,
                                    EPOCH.plusSeconds(seconds[i]),
                                    "decode(repeat('00', 16), 'hex')",
                                    "decode(repeat('00', 32), 'hex')",
                                    "decode(repeat('00', 32), 'hex')"));
        }
        log = new EventLog(database.reads(), new HeadSignal());
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void readsForwardFromAPosition() {
        assertThat(log.after(0, 3)).extracting(StoredEvent::position).containsExactly(1L, 2L, 3L);
        assertThat(log.after(8, 100)).extracting(StoredEvent::position).containsExactly(9L, 10L);
        assertThat(log.after(10, 100)).isEmpty();
        assertThatThrownBy(() -> log.after(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.after(0, 10_001)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAStreamInItsOrder() {
        assertThat(log.stream("odd")).extracting(StoredEvent::position).containsExactly(2L, 4L, 6L, 8L, 10L);
        assertThat(log.stream("odd", 3)).extracting(StoredEvent::sequence).containsExactly(3L, 4L);
        assertThat(log.stream("none")).isEmpty();
    }

    @Test
    void knowsTheHeadAndTheNewestPositionOfAStream() {
        assertThat(log.head()).isEqualTo(10);
        assertThat(log.newestPosition("even")).hasValue(9);
        assertThat(log.newestPosition("none")).isEmpty();
        assertThat(log.at(4).stream()).isEqualTo("odd");
    }

    @Test
    void findsTheGreatestPositionRecordedUpToAnInstant() {
        assertThat(log.positionAt(EPOCH)).isZero();
        assertThat(log.positionAt(EPOCH.plusSeconds(1))).isEqualTo(1);
        assertThat(log.positionAt(EPOCH.plusMillis(1_999))).isEqualTo(1);
        assertThat(log.positionAt(EPOCH.plusSeconds(2))).isEqualTo(4);
        assertThat(log.positionAt(EPOCH.plusSeconds(4))).isEqualTo(4);
        assertThat(log.positionAt(EPOCH.plusSeconds(5))).isEqualTo(5);
        assertThat(log.positionAt(EPOCH.plusSeconds(100))).isEqualTo(10);
    }

    @Test
    void findsByPollingWhatAnotherNodeWrote() throws InterruptedException {
        assertThat(log.awaitBeyond(9, Duration.ofSeconds(5))).isTrue();
        assertThat(log.awaitBeyond(10, Duration.ofMillis(120))).isFalse();
    }

    @Test
    void wakesReadersWhenTheHeadMoves() throws InterruptedException {
        HeadSignal signal = new HeadSignal();
        signal.setAuthoritative(true);
        signal.advanceTo(20);
        EventLog leading = new EventLog(database.reads(), signal);
        CompletableFuture<Boolean> woken = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                woken.complete(leading.awaitBeyond(20, Duration.ofSeconds(20)));
            } catch (InterruptedException e) {
                woken.completeExceptionally(e);
            }
        });
        Thread.sleep(50);
        long before = System.nanoTime();
        signal.advanceTo(21);
        assertThat(woken.join()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(400));
    }
}
