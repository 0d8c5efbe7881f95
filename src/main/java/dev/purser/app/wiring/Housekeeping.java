package dev.purser.app.wiring;

import dev.purser.edge.idempotency.IdempotencyCleanup;
import dev.purser.projection.access.SessionTokenCleanup;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes rows whose time is over, every hour; any number of nodes may do so at once. */
final class Housekeeping implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final IdempotencyCleanup answers;
    private final SessionTokenCleanup tokens;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());

    @SuppressWarnings("FutureReturnValueIgnored") // the timer ends with this object
    Housekeeping(IdempotencyCleanup answers, SessionTokenCleanup tokens) {
        this.answers = answers;
        this.tokens = tokens;
        timer.scheduleWithFixedDelay(this::tidy, 60, INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    private void tidy() {
        try {
            int forgottenAnswers = answers.removeOld();
            int forgottenTokens = tokens.removeOld();
            if (forgottenAnswers + forgottenTokens > 0) {
                log.info("forgot {} stored answers and {} expired tokens", forgottenAnswers, forgottenTokens);
            }
        } catch (RuntimeException e) {
            log.warn("housekeeping failed and is tried again in an hour", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
