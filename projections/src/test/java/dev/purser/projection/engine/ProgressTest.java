package dev.purser.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProgressTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Progress progress = new Progress();

    @Test
    void aRestEndsWhenSomebodyBeginsToWait() throws Exception {
        CountDownLatch rested = new CountDownLatch(1);
        Thread resting = Thread.startVirtualThread(() -> {
            rest(LONG);
            rested.countDown();
        });
        assertThat(rested.await(50, TimeUnit.MILLISECONDS)).isFalse();

        CompletableFuture<Boolean> shown = waitFor(7);

        assertThat(resting.join(Duration.ofSeconds(10))).isTrue();
        progress.learn(Map.of(new Segment("wallet", 0), 7L));
        assertThat(shown.join()).isTrue();
    }

    @Test
    void nobodyRestsWhileSomebodyWaits() throws Exception {
        CompletableFuture<Boolean> shown = waitFor(1);

        rest(LONG);

        assertThat(shown).isNotDone();
        progress.learn(Map.of(new Segment("wallet", 0), 1L));
        assertThat(shown.join()).isTrue();
    }

    @Test
    void aRestIsOverWhenItsTimeIs() throws Exception {
        assertThat(waitFor(0).join()).isTrue();
        long begin = System.nanoTime();

        rest(Duration.ofMillis(20));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
    }

    private CompletableFuture<Boolean> waitFor(long position) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return progress.await(position, LONG);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private void rest(Duration atMost) {
        try {
            progress.rest(atMost);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
