package dev.purser.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.log.HeadSignal;
import dev.purser.projection.LedgerAssembly;
import dev.purser.projection.LogFiller;
import dev.purser.projection.ReadModels;
import dev.purser.projection.engine.OnDifference;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.engine.RebuildPhase;
import dev.purser.projection.engine.RebuildState;
import dev.purser.projection.engine.Rebuilds;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Figure 4: all read models rebuilt beside the live ones, compared with them and switched to; the figure is over all of
 * that. The memory is what collections of garbage left behind.
 */
final class RebuildFigure implements Figure {
    private static final long SEED = 4;
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(30);
    private static final long POLL_MILLIS = 50;
    private static final double MEBIBYTE = 1 << 20;

    @Override
    public String title() {
        return "4. Full rebuild of all projections";
    }

    @Override
    public void measure(Run run) throws Exception {
        String database = run.server().createMigrated("rebuild");
        DataSource connections = run.server().application(database);
        int events = run.options().rebuiltEvents();
        EventCodec codec = LedgerAssembly.codec();
        List<Projection> readModels = ReadModels.all(Ledger::unseal);
        try (HikariDataSource pool = run.server().pool(database);
                Projections live = new Projections(new EventLog(pool, new HeadSignal()), codec, pool, readModels);
                Rebuilds rebuilds =
                        new Rebuilds(new EventLog(pool, new HeadSignal()), codec, connections, readModels)) {
            new LogFiller(pool, connections::getConnection, Ledger::sealed, SEED)
                    .fill(events, Contention.WALLETS, LogFiller.Mix.HOLDS_AND_DEBITS);
            long begin = System.nanoTime();
            live.start();
            if (!live.awaitHead(CAUGHT_UP_WITHIN)) {
                throw new IllegalStateException("the live projections are at " + live.positions());
            }
            run.report().line("%,d events; the live tables took them at %,.0f/s", events, perSecond(events, begin));
            rebuild(run, rebuilds, events);
        }
        run.server().drop(database);
    }

    private static void rebuild(Run run, Rebuilds rebuilds, int events) throws InterruptedException {
        Map<RebuildPhase, Double> secondsIn = new EnumMap<>(RebuildPhase.class);
        List<Long> left = new ArrayList<>();
        long begin = System.nanoTime();
        rebuilds.start(rebuilds.names(), OnDifference.KEEP);
        long seen = begin;
        RebuildState state = rebuilds.state().orElseThrow();
        while (state.isUnderWay()) {
            Thread.sleep(POLL_MILLIS);
            RebuildState next = rebuilds.state().orElseThrow();
            long now = System.nanoTime();
            secondsIn.merge(state.phase(), (now - seen) / 1e9, Double::sum);
            left.add(bytesLeftByCollections());
            seen = now;
            state = next;
        }
        double rate = perSecond(events, begin);
        if (state.phase() != RebuildPhase.SWITCHED) {
            throw new IllegalStateException("the rebuild ended as " + state);
        }
        run.report().line("rebuilt, compared and switched at %,.0f/s; seconds by phase: %s", rate, rounded(secondsIn));
        run.report()
                .line(
                        "MiB of heap after collections, largest in each quarter of the rebuild: %s",
                        quarters(left).stream()
                                .map(bytes -> "%.0f".formatted(bytes / MEBIBYTE))
                                .toList());
        run.report().result(Result.atLeast(60_000, "rebuild_all_projections", rate, "events/s"), 150_000);
    }

    private static double perSecond(int events, long begin) {
        return events * 1e9 / (System.nanoTime() - begin);
    }

    private static List<String> rounded(Map<RebuildPhase, Double> seconds) {
        return seconds.entrySet().stream()
                .map(entry -> "%s %.1f".formatted(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<Long> quarters(List<Long> samples) {
        List<Long> largest = new ArrayList<>();
        for (int quarter = 0; quarter < 4; quarter++) {
            largest.add(Collections.max(
                    samples.subList(samples.size() * quarter / 4, Math.max(1, samples.size() * (quarter + 1) / 4))));
        }
        return largest;
    }

    private static long bytesLeftByCollections() {
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage left = pool.getCollectionUsage();
            if (left != null) {
                bytes += left.getUsed();
            }
        }
        return bytes;
    }
}
