package dev.purser.projection;

import com.sun.management.OperatingSystemMXBean;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.log.HeadSignal;
import dev.purser.projection.engine.OnDifference;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.engine.RebuildState;
import dev.purser.projection.engine.Rebuilds;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Prints the speed of live catching up and of a full rebuild: {@code RebuildSpeed [events] [seed] [pairs|debits]}. */
public final class RebuildSpeed {
    private static long cpuBeforeNanos = cpuNanos();
    private static double postgresBeforeSeconds;
    private static String postmaster = "";

    private RebuildSpeed() {}

    public static void main(String[] arguments) throws Exception {
        long events = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 42;
        LogFiller.Mix mix = arguments.length > 2 && arguments[2].equals("debits")
                ? LogFiller.Mix.DEBITS_ALONE
                : LogFiller.Mix.HOLDS_AND_DEBITS;
        try (TestDatabase database = TestDatabase.durable()) {
            postmaster = postmaster(database);
            long begin = System.nanoTime();
            new LogFiller(database.dataSource(), database::connect, TestLedger::seal, seed).fill(events, 10_000, mix);
            say("log filled", events, begin);

            // In an installation this has been done in the course of time.
            database.execute("vacuum (freeze, analyze) ledger.event");
            database.execute("checkpoint");
            EventLog log = new EventLog(database.dataSource(), new HeadSignal());
            var codec = LedgerAssembly.codec();
            var readModels = ReadModels.all(TestLedger::unseal);
            try (Projections projections = new Projections(log, codec, database.dataSource(), readModels);
                    Rebuilds rebuilds = new Rebuilds(log, codec, database.connections(), readModels)) {
                begin = System.nanoTime();
                projections.start();
                if (!projections.awaitHead(Duration.ofMinutes(30))) {
                    throw new IllegalStateException("the projections are at " + projections.positions());
                }
                say("live tables caught up", events, begin);
                database.execute("vacuum (analyze)");
                database.execute("checkpoint");
                cpuBeforeNanos = cpuNanos();
                postgresBeforeSeconds = postgresCpuSeconds();
                for (int round = 1; round <= 3; round++) {
                    begin = System.nanoTime();
                    rebuilds.start(rebuilds.names(), OnDifference.KEEP);
                    watch(rebuilds, begin);
                    say("rebuilt, compared and switched", events, begin);
                }
            }
        }
        System.exit(0);
    }

    private static void watch(Rebuilds rebuilds, long begin) throws InterruptedException {
        String shown = "";
        while (true) {
            RebuildState state = rebuilds.state().orElseThrow();
            String now = state.phase() + (state.isUnderWay() ? "" : " " + state.comparisons() + " " + state.error());
            if (!now.equals(shown)) {
                System.out.printf(
                        "  %.1f s: %s (filled at %,d events/s)%n",
                        (System.nanoTime() - begin) / 1e9, now, state.eventsPerSecond());
                shown = now;
            }
            if (!state.isUnderWay()) {
                return;
            }
            Thread.sleep(500);
        }
    }

    private static void say(String what, long events, long begin) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        long used = cpuNanos();
        double usedThere = postgresCpuSeconds();
        System.out.printf(
                "%s: %.1f s, %,.0f events/s; CPU an event: %.1f µs here, %.1f µs in PostgreSQL%n",
                what,
                seconds,
                events / seconds,
                (used - cpuBeforeNanos) / 1e3 / events,
                (usedThere - postgresBeforeSeconds) * 1e6 / events);
        cpuBeforeNanos = used;
        postgresBeforeSeconds = usedThere;
    }

    private static String postmaster(TestDatabase database) throws IOException {
        Path file = Path.of(database.rows("show data_directory").getFirst(), "postmaster.pid");
        return Files.readAllLines(file).getFirst().strip();
    }

    /** Of all its processes, those that have ended included; 0 where there is no /proc. */
    private static double postgresCpuSeconds() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                            .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                            .map(RebuildSpeed::stat)
                            .filter(stat ->
                                    stat.length > 17 && (stat[0].equals(postmaster) || stat[3].equals(postmaster)))
                            .mapToLong(stat -> Long.parseLong(stat[13])
                                    + Long.parseLong(stat[14])
                                    + Long.parseLong(stat[15])
                                    + Long.parseLong(stat[16]))
                            .sum()
                    / 100.0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static String[] stat(Path process) {
        try {
            return Files.readString(process.resolve("stat")).split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
