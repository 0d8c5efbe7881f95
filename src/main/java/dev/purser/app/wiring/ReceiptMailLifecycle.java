package dev.purser.app.wiring;

import dev.purser.receipts.mail.ReceiptMail;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks every few seconds for receipts to send, from when the ledger is open until before it is closed. */
final class ReceiptMailLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ReceiptMailLifecycle.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(10);

    private final ReceiptMail mail;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("receipt-mail").factory());
    private volatile boolean running;

    ReceiptMailLifecycle(ReceiptMail mail) {
        this.mail = mail;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the timer ends with this object
    public void start() {
        running = true;
        timer.scheduleWithFixedDelay(this::run, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            mail.run();
        } catch (RuntimeException e) {
            log.warn("receipts could not be sent now", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdown();
        try {
            if (!timer.awaitTermination(STOP_AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return LedgerLifecycle.PHASE + 1;
    }
}
