package dev.purser.projection.books;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Trial balances: now from the read model alone, at an earlier position from whole hours and the log from the beginning of
 * the position's own hour. A wallet without money costs nothing, one with money about 200 bytes. Thread-safe.
 */
public final class TrialBalances {
    private static final String SUMS = """
        select r.least, r.greatest, b.stream, %s
        from (select min(position), max(position) from projection.position where projection = 'books')
             r (least, greatest)
        left join projection.book b
            on b.organization_id = :organization and b.mode = :mode and b.opened_position <= :position
        left join projection.posting_hour p on p.stream = b.stream and p.hour < :hour
        group by r.least, r.greatest, b.stream
        order by b.stream
        """.formatted(PostingHour.sums());
    private static final int FIRST_AMOUNT = 4;
    private static final int ATTEMPTS = 10;
    private static final long PAUSE_MILLIS = 10;

    private final JdbcClient jdbc;
    private final EventLog log;
    private final MoneyLog money;

    private record Sum(long least, long greatest, @Nullable String stream, Amounts amounts) {}

    public TrialBalances(DataSource dataSource, EventLog log, EventCodec codec) {
        this.jdbc = JdbcClient.create(dataSource);
        this.log = log;
        this.money = new MoneyLog(dataSource, codec);
    }

    /** As of the newest event projected. */
    public TrialBalance now(OrganizationId organizationId, Mode mode) {
        long least = 0;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            List<Sum> sums = sums(organizationId, mode, Long.MAX_VALUE, Long.MAX_VALUE);
            least = sums.getFirst().least();
            if (least == sums.getFirst().greatest()) {
                return balance(organizationId, mode, least, sums, Map.of());
            }
            pause();
        }
        // Segments that are written in parallel have no position in common while they catch up.
        return at(organizationId, mode, least);
    }

    /** As of a position of the log that the projections have reached. */
    public TrialBalance at(OrganizationId organizationId, Mode mode, long position) {
        if (position == 0) {
            return balance(organizationId, mode, 0, List.of(), Map.of());
        }
        long hour = PostingHour.hourOf(log.at(position).recordedAt());
        if (isLastOfItsHour(position, hour)) {
            return balance(organizationId, mode, position, sums(organizationId, mode, position, hour + 1), Map.of());
        }
        long before = log.positionAt(PostingHour.startOf(hour).minus(1, ChronoUnit.MICROS));
        Map<String, Amounts> since = new HashMap<>();
        money.read(
                before,
                position,
                streams -> streams,
                event -> since.computeIfAbsent(event.stream(), _ -> new Amounts())
                        .add(event.amounts()));
        return balance(organizationId, mode, position, sums(organizationId, mode, position, hour), since);
    }

    private boolean isLastOfItsHour(long position, long hour) {
        return log.head() > position
                && log.positionAt(PostingHour.startOf(hour + 1).minus(1, ChronoUnit.MICROS)) == position;
    }

    private List<Sum> sums(OrganizationId organizationId, Mode mode, long position, long beforeHour) {
        return jdbc.sql(SUMS)
                .param("organization", organizationId.value())
                .param("mode", mode.wireName())
                .param("position", position)
                .param("hour", beforeHour)
                .query((row, _) -> {
                    Amounts amounts = new Amounts();
                    PostingHour.readInto(amounts, row, FIRST_AMOUNT);
                    return new Sum(row.getLong(1), row.getLong(2), row.getString(3), amounts);
                })
                .list();
    }

    private static TrialBalance balance(
            OrganizationId organizationId, Mode mode, long position, List<Sum> sums, Map<String, Amounts> since) {
        List<AccountBalance> accounts = new ArrayList<>();
        Amounts shared = new Amounts();
        for (Sum sum : sums) {
            if (sum.stream() == null) {
                continue;
            }
            Amounts amounts = sum.amounts();
            Amounts more = since.get(sum.stream());
            if (more != null) {
                amounts.add(more);
            }
            shared.add(amounts);
            for (Account account : Account.ofWallet(mode, sum.stream())) {
                if (!amounts.of(account.kind()).isZero()) {
                    accounts.add(new AccountBalance(account, amounts.of(account.kind())));
                }
            }
        }
        for (Account account : Account.ofOrganization(mode, organizationId)) {
            accounts.add(new AccountBalance(account, shared.of(account.kind())));
        }
        return new TrialBalance(position, accounts);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
