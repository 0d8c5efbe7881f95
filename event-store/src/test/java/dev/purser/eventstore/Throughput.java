package dev.purser.eventstore;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Prints durable commands per second and latencies: {@code Throughput [callers] [accounts] [seconds] [seed]}, 10 % credits
 * and 90 % debits, callers on virtual threads in this process, PostgreSQL with fsync on this machine.
 */
public final class Throughput {

    private Throughput() {}

    public static void main(String[] arguments) throws InterruptedException {
        int callers = argument(arguments, 0, 256);
        int accounts = argument(arguments, 1, 10_000);
        int seconds = argument(arguments, 2, 10);
        long seed = argument(arguments, 3, 42);
        try (Ledger ledger = Ledger.start()) {
            open(ledger, accounts);
            run(ledger, callers, accounts, Duration.ofSeconds(Math.max(3, seconds / 2)), seed);
            for (int round = 1; round <= 3; round++) {
                System.out.println(run(ledger, callers, accounts, Duration.ofSeconds(seconds), seed + round));
            }
        }
        System.exit(0);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
    }

    static void open(Ledger ledger, int accounts) throws InterruptedException {
        List<Thread> openers = new ArrayList<>();
        for (int opener = 0; opener < 64; opener++) {
            int first = opener;
            openers.add(Thread.startVirtualThread(() -> {
                for (int account = first; account < accounts; account += 64) {
                    ledger.open("acc" + account);
                    ledger.credit("acc" + account, 1_000_000_000L);
                }
            }));
        }
        for (Thread opener : openers) {
            opener.join();
        }
    }

    /** What was measured. */
    record Result(
            int callers,
            int accounts,
            long commands,
            double seconds,
            long p50Micros,
            long p99Micros,
            double cpuMicros) {
        @Override
        public String toString() {
            return "%d callers, %d accounts: %,.0f commands/s (p50 %.1f ms, p99 %.1f ms, this JVM %.1f µs of CPU each)"
                    .formatted(callers, accounts, commands / seconds, p50Micros / 1e3, p99Micros / 1e3, cpuMicros);
        }
    }

    static Result run(Ledger ledger, int callers, int accounts, Duration duration, long seed)
            throws InterruptedException {
        LongAdder commands = new LongAdder();
        long cpuBefore = cpuNanos();
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        List<Thread> threads = new ArrayList<>();
        long[][] latencies = new long[callers][];
        for (int caller = 0; caller < callers; caller++) {
            int number = caller;
            SplittableRandom random = new SplittableRandom(seed * 1_000 + caller);
            threads.add(Thread.startVirtualThread(() -> {
                long[] own = new long[4096];
                int count = 0;
                while (true) {
                    long before = System.nanoTime();
                    if (before >= end) {
                        break;
                    }
                    String account = "acc" + random.nextInt(accounts);
                    if (random.nextInt(10) == 0) {
                        ledger.credit(account, 9);
                    } else {
                        ledger.debit(account, 1);
                    }
                    commands.increment();
                    if (count == own.length) {
                        own = Arrays.copyOf(own, count * 2);
                    }
                    own[count++] = (System.nanoTime() - before) / 1_000;
                }
                latencies[number] = Arrays.copyOf(own, count);
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpuMicros = (cpuNanos() - cpuBefore) / 1e3 / commands.sum();
        long[] all =
                Arrays.stream(latencies).flatMapToLong(Arrays::stream).sorted().toArray();
        return new Result(
                callers,
                accounts,
                commands.sum(),
                seconds,
                all[all.length / 2],
                all[(int) (all.length * 0.99)],
                cpuMicros);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
