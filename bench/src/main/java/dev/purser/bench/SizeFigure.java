package dev.purser.bench;

import dev.purser.bench.Ledger.Account;
import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.eventstore.secret.Ids;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Figure 5: what one bill of the gateway takes on disk, its share of the indexes included. */
final class SizeFigure implements Figure {
    private static final int CALLS_AT_ONCE = 256;

    @Override
    public String title() {
        return "5. Bytes per usage event on disk, with indexes";
    }

    @Override
    public void measure(Run run) throws Exception {
        String database = "size";
        try (Ledger ledger = Ledger.start(run.server(), database)) {
            List<Account> accounts = ledger.enrol(Contention.WALLETS);
            Load.all(CALLS_AT_ONCE, run.options().usageEvents(), index -> {
                SplittableRandom random = new SplittableRandom(index);
                meter(ledger, accounts.get(Contention.SPREAD.next(random)), random);
            });
        }
        double whole = bytesPerRow(run, database, "ledger.event");
        run.server()
                .execute(
                        database,
                        "create table usage_only (like ledger.event including all)",
                        "insert into usage_only select * from ledger.event where type = 'UsageDebited'"
                                + " order by global_position",
                        "vacuum usage_only");
        double usage = bytesPerRow(run, database, "usage_only");
        run.report().line("UsageDebited: %s", run.server().value(database, """
            select format('payload %s, metadata %s, hashes and salt %s, ids, names and times %s, indexes %s, page and row headers the rest',
                round(avg(octet_length(payload))), round(avg(octet_length(metadata))), 80,
                round(avg(octet_length(stream) + octet_length(type))) + 8 + 8 + 2 + 16 + 8 + 8,
                pg_indexes_size('usage_only') / count(*))
            from usage_only\
            """));
        run.report().line("%.0f bytes an event over the whole log of holds, bills and enrolments", whole);
        run.report().result(Result.atMost(600, "bytes_per_usage_event", usage, "bytes"), 400);
        run.server().drop(database);
    }

    private static double bytesPerRow(Run run, String database, String table) throws SQLException {
        return Double.parseDouble(run.server()
                .value(database, "select pg_total_relation_size('" + table + "')::numeric / count(*) from " + table));
    }

    /** One call as the gateway bills it: the worst case held, then the true cost with what it rests on. */
    private static void meter(Ledger ledger, Account account, SplittableRandom random) {
        String requestId = Ids.next("req");
        HoldId hold = new HoldId(requestId);
        String actor = account.session().value();
        Instant now = Instant.now();
        ledger.send(
                new HoldCredits(
                        account.wallet(),
                        hold,
                        Money.ofDollars(1),
                        HoldOrigin.GATEWAY,
                        account.session(),
                        null,
                        "openai/gpt-4o-mini",
                        now.plusSeconds(600)),
                actor,
                requestId);
        Usage usage = new Usage(random.nextInt(50, 4_000), 0, random.nextInt(20, 1_500), 0);
        Metering metering = new Metering(
                "openai/gpt-4o-mini", "openai", usage, UsageSource.PROVIDER, 1, "chatcmpl-" + Ids.next("ext"));
        ledger.send(
                new CaptureHold(
                        account.wallet(),
                        hold,
                        HoldOrigin.GATEWAY,
                        new Money(random.nextLong(100_000, 5_000_000)),
                        metering,
                        now),
                actor,
                requestId);
    }
}
