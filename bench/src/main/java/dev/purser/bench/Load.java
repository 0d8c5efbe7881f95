package dev.purser.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/** Callers on virtual threads of this process. A call that fails ends the run: what was refused is not measured. */
final class Load {
    private static final int MOST_UNANSWERED = 8_192;

    private Load() {}

    /** One operation of one caller. */
    @FunctionalInterface
    interface Call {
        void run(RandomGenerator random) throws Exception;
    }

    /**
     * What the callers saw.
     *
     * @param cpuMicros of this process, for each call
     */
    record Outcome(double callsPerSecond, Latencies latencies, double cpuMicros) {
        @Override
        public String toString() {
            return "%,8.0f/s   p50 %5.1f ms   p99 %6.1f ms   %4.0f µs of this process's CPU each"
                    .formatted(
                            callsPerSecond, latencies.percentileMillis(50), latencies.percentileMillis(99), cpuMicros);
        }
    }

    /** Each caller calls again as soon as it is answered; what ends within the measured time counts. */
    static Outcome closedLoop(List<? extends Call> callers, Duration warmUp, Duration measured, long seed) {
        long begin = System.nanoTime() + warmUp.toNanos();
        long end = begin + measured.toNanos();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        List<Latencies.Recorder> recorders = new ArrayList<>();
        for (Call caller : callers) {
            Latencies.Recorder recorder = new Latencies.Recorder();
            recorders.add(recorder);
            SplittableRandom random = new SplittableRandom(seed + recorders.size());
            ends.add(onVirtualThread(() -> {
                for (long before = System.nanoTime(); before < end; ) {
                    caller.run(random);
                    long after = System.nanoTime();
                    if (after >= begin && after < end) {
                        recorder.record(after - before);
                    }
                    before = after;
                }
            }));
        }
        sleepUntil(begin);
        long cpuAtBegin = cpuNanos();
        sleepUntil(end);
        long cpuNanos = cpuNanos() - cpuAtBegin;
        ends.forEach(CompletableFuture::join);
        Latencies latencies = Latencies.of(recorders);
        return new Outcome(
                latencies.count() * 1e9 / measured.toNanos(),
                latencies,
                cpuNanos / 1e3 / Math.max(1, latencies.count()));
    }

    /** The same call by so many callers. */
    static Outcome closedLoop(int callers, Duration warmUp, Duration measured, long seed, Call call) {
        return closedLoop(Collections.nCopies(callers, call), warmUp, measured, seed);
    }

    /**
     * Calls at a steady rate, whether earlier ones are answered or not; fails when more than 8,192 are unanswered. Returns
     * when all are answered.
     */
    static void openLoop(double callsPerSecond, Duration duration, long seed, Call call) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Semaphore free = new Semaphore(MOST_UNANSWERED);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        long begin = System.nanoTime();
        long started = 0;
        for (long now = begin; now - begin < duration.toNanos() && failure.get() == null; now = System.nanoTime()) {
            for (long due = (long) ((now - begin) / 1e9 * callsPerSecond); started < due; started++) {
                if (!free.tryAcquire()) {
                    throw new IllegalStateException(
                            "%,.0f calls/s are more than can be answered".formatted(callsPerSecond));
                }
                RandomGenerator own = random.split();
                var unused = onVirtualThread(() -> call.run(own)).whenComplete((_, thrown) -> {
                    failure.compareAndSet(null, thrown);
                    free.release();
                });
            }
            Thread.sleep(1);
        }
        free.acquire(MOST_UNANSWERED);
        if (failure.get() != null) {
            throw new IllegalStateException("a call failed", failure.get());
        }
    }

    /** Runs the tasks, at most so many at once, and returns when all are done. */
    static void all(int atOnce, int tasks, IndexedTask task) throws InterruptedException {
        Semaphore free = new Semaphore(atOnce);
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int index = 0; index < tasks; index++) {
            int own = index;
            free.acquire();
            ends.add(onVirtualThread(() -> task.run(own)).whenComplete((_, _) -> free.release()));
        }
        ends.forEach(CompletableFuture::join);
    }

    /** One of several tasks, numbered from 0. */
    @FunctionalInterface
    interface IndexedTask {
        void run(int index) throws Exception;
    }

    private interface Task {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> onVirtualThread(Task task) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                task.run();
                end.complete(null);
            } catch (Throwable e) {
                end.completeExceptionally(new CompletionException(e));
            }
        });
        return end;
    }

    private static void sleepUntil(long nanoTime) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
