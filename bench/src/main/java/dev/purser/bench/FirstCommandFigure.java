package dev.purser.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.purser.bench.Ledger.Account;
import dev.purser.domain.WalletId;
import dev.purser.projection.LogFiller;
import java.util.List;

/**
 * Figure 7: the first command on a wallet with a long history, on an engine that has just been started and has only
 * answered for other wallets.
 */
final class FirstCommandFigure implements Figure {
    private static final long SEED = 7;
    private static final int ROUNDS = 5;
    private static final int OTHERS = 20;
    private static final int COMMANDS_ON_EACH = 100;

    @Override
    public String title() {
        return "7. First command on a wallet with a long history";
    }

    @Override
    public void measure(Run run) throws Exception {
        String database = run.server().createMigrated("first_command");
        int events = run.options().eventsOfTheLongWallet();
        try (HikariDataSource pool = run.server().pool(database)) {
            new LogFiller(pool, run.server().application(database)::getConnection, Ledger::sealed, SEED)
                    .fill(events, 1, LogFiller.Mix.DEBITS_ALONE);
        }
        WalletId wallet = new WalletId(
                run.server().value(database, "select stream from ledger.event where type = 'UsageDebited' limit 1"));
        run.report().line("a wallet of %,d events; without a snapshot %.0f ms", events, millis(run, database, wallet));
        double slowest = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            double millis = millis(run, database, wallet);
            run.report().line("with a snapshot, start %d: %.1f ms", round, millis);
            slowest = Math.max(slowest, millis);
        }
        run.report().result(Result.atMost(50, "first_command_slowest_of_" + ROUNDS, slowest, "ms"));
        run.server().drop(database);
    }

    private static double millis(Run run, String database, WalletId wallet) throws InterruptedException {
        try (Ledger ledger = Ledger.open(run.server(), database)) {
            List<Account> others = ledger.enrol(OTHERS);
            for (int command = 0; command < OTHERS * COMMANDS_ON_EACH; command++) {
                ledger.debit(others.get(command % OTHERS).wallet());
            }
            long before = System.nanoTime();
            ledger.debit(wallet);
            return (System.nanoTime() - before) / 1e6;
        }
    }
}
