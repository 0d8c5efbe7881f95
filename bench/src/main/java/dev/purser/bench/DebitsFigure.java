package dev.purser.bench;

import dev.purser.bench.Ledger.Account;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figure 1: durable debits through the command bus. */
final class DebitsFigure implements Figure {
    private static final List<Integer> CALLERS = List.of(64, 256);
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(10);

    /**
     * What must be reached, as multiples of the rival's four statements.
     *
     * @param beyond null where there is no goal beyond
     */
    private record Goal(double mustReach, @Nullable Double beyond) {}

    private static final Map<Contention, Goal> PROJECTIONS_OFF =
            new EnumMap<>(Map.of(Contention.SPREAD, new Goal(5, null), Contention.HOT, new Goal(25, null)));
    private static final Map<Contention, Goal> PROJECTIONS_RUNNING =
            new EnumMap<>(Map.of(Contention.SPREAD, new Goal(3, 5.0), Contention.HOT, new Goal(10, 25.0)));

    @Override
    public String title() {
        return "1. Durable debits through the command bus";
    }

    @Override
    public void measure(Run run) throws Exception {
        for (Contention contention : Contention.values()) {
            run.rival(contention);
        }
        withoutProjections(run);
        withProjections(run);
    }

    private static void withoutProjections(Run run) throws Exception {
        String database = "debits_off";
        try (Ledger ledger = Ledger.start(run.server(), database)) {
            List<Account> accounts = ledger.enrol(Contention.WALLETS);
            for (Contention contention : Contention.values()) {
                double best = 0;
                for (int callers : CALLERS) {
                    Load.Outcome outcome = load(run, ledger, accounts, contention, callers);
                    report(run, "off", contention, callers, outcome, PROJECTIONS_OFF, true);
                    best = Math.max(best, outcome.callsPerSecond());
                }
                double percent = 100 * best / RawLimit.measure(run.server(), database, run.report());
                run.report()
                        .result(Result.atLeast(50, "debits_" + contention.word() + "_of_raw_limit", percent, "%"), 70);
            }
        }
        run.server().drop(database);
    }

    private static void withProjections(Run run) throws Exception {
        String database = "debits_running";
        try (Ledger ledger = Ledger.start(run.server(), database)) {
            ledger.projections().start();
            List<Account> accounts = ledger.enrol(Contention.WALLETS);
            ledger.drain(Duration.ofMinutes(1));
            for (Contention contention : Contention.values()) {
                for (int callers : CALLERS) {
                    Load.Outcome outcome = load(run, ledger, accounts, contention, callers);
                    long behind = ledger.projections().lag();
                    Duration drained = ledger.drain(DRAINED_WITHIN);
                    report(run, "running", contention, callers, outcome, PROJECTIONS_RUNNING, drained != null);
                    run.report()
                            .line(
                                    "the projections were %,d events behind at the end, %s",
                                    behind,
                                    drained == null
                                            ? "not drained within " + DRAINED_WITHIN.toSeconds() + " s"
                                            : "drained in %.2f s".formatted(drained.toMillis() / 1e3));
                    ledger.drain(Duration.ofMinutes(5));
                }
            }
        }
        run.server().drop(database);
    }

    private static Load.Outcome load(
            Run run, Ledger ledger, List<Account> accounts, Contention contention, int callers) {
        return Load.closedLoop(
                callers,
                run.options().warmUp(),
                run.options().load(),
                callers,
                random -> ledger.debit(accounts.get(contention.next(random)).wallet()));
    }

    private static void report(
            Run run,
            String projections,
            Contention contention,
            int callers,
            Load.Outcome outcome,
            Map<Contention, Goal> goals,
            boolean valid)
            throws IOException, SQLException, InterruptedException {
        Rival.Best rival = run.rival(contention);
        double ratio = outcome.callsPerSecond() / rival.fourStatements();
        run.report().line("ledger, %s, %d callers, projections %s: %s", contention, callers, projections, outcome);
        run.report()
                .line(
                        "that is %.1f x pgbench's four statements, %.1f x its one statement",
                        ratio, outcome.callsPerSecond() / rival.oneStatement());
        Goal goal = goals.getOrDefault(contention, new Goal(Double.MAX_VALUE, null));
        Result result = Result.atLeast(
                        goal.mustReach(),
                        "debits_%s_%d_projections_%s".formatted(contention.word(), callers, projections),
                        ratio,
                        "x")
                .onlyIf(valid);
        run.report().result(result);
        if (goal.beyond() != null) {
            run.report().result(result.stretch(goal.beyond()));
        }
    }
}
