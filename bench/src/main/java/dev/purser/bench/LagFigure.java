package dev.purser.bench;

import dev.purser.bench.Ledger.Account;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Figure 3: how far the read models are behind at half of the top rate, that is the time from the moment when events are
 * durable and their callers answered to the moment when every read model shows them.
 */
final class LagFigure implements Figure {
    private static final int CALLERS = 256;
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(1);

    @Override
    public String title() {
        return "3. Lag of the projections at half of the top rate";
    }

    @Override
    public void measure(Run run) throws Exception {
        String database = "lag";
        try (Ledger ledger = Ledger.start(run.server(), database)) {
            ledger.projections().start();
            List<Account> accounts = ledger.enrol(Contention.WALLETS);
            Load.Call debit = random ->
                    ledger.debit(accounts.get(Contention.SPREAD.next(random)).wallet());
            Load.Outcome top = Load.closedLoop(
                    CALLERS, run.options().warmUp(), run.options().load(), 1, debit);
            run.report().line("top rate, %d callers: %s", CALLERS, top);
            ledger.drain(DRAINED_WITHIN);
            double half = top.callsPerSecond() / 2;
            Load.openLoop(half, run.options().warmUp(), 2, debit);
            Latencies lags = lags(ledger, debit, half, run.options().load());
            run.report()
                    .line(
                            "at %,.0f/s: lag p50 %.1f ms, p99 %.1f ms, longest %.1f ms (%,d calls)",
                            half,
                            lags.percentileMillis(50),
                            lags.percentileMillis(99),
                            lags.percentileMillis(100),
                            lags.count());
            run.report().result(Result.atMost(100, "projection_lag_p99", lags.percentileMillis(99), "ms"));
        }
        run.server().drop(database);
    }

    /** The end of the log when a caller was answered: it includes the caller's own event. */
    private record Answered(long position, long atNanos) {}

    private static Latencies lags(Ledger ledger, Load.Call debit, double rate, Duration duration)
            throws InterruptedException {
        Latencies.Recorder recorder = new Latencies.Recorder();
        Queue<Answered> notShown = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread watcher = Thread.ofPlatform().start(() -> watch(ledger, notShown, recorder, over));
        try {
            Load.openLoop(rate, duration, 3, random -> {
                debit.run(random);
                notShown.add(new Answered(ledger.engine().log().head(), System.nanoTime()));
            });
        } finally {
            over.set(true);
            watcher.join();
        }
        return Latencies.of(List.of(recorder));
    }

    /** Looks every millisecond how far the slowest read model has come; what it shows has lagged until now. */
    private static void watch(
            Ledger ledger, Queue<Answered> notShown, Latencies.Recorder recorder, AtomicBoolean over) {
        while (!over.get() || !notShown.isEmpty()) {
            long shown = Collections.min(ledger.projections().positions().values());
            long now = System.nanoTime();
            for (Answered next = notShown.peek(); next != null && next.position() <= shown; next = notShown.peek()) {
                recorder.record(Math.max(0, now - next.atNanos()));
                notShown.remove();
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
