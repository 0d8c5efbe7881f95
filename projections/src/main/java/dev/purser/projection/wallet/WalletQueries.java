package dev.purser.projection.wallet;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions about wallets and holds. Thread-safe. */
public final class WalletQueries {
    private static final String NOW = """
        select w.wallet_id, w.customer_id, w.project_id, w.mode, w.balance, w.held,
               exists (select from (
                   select distinct on (f.reason) f.frozen from projection.wallet_freeze f
                   where f.wallet_id = w.wallet_id order by f.reason, f.position desc
               ) latest where latest.frozen),
               w.opened_at
        from projection.wallet w
        where w.wallet_id = :wallet
        """;

    private static final String AT = """
        select w.wallet_id, w.customer_id, w.project_id, w.mode,
               coalesce((select e.balance_after from projection.ledger_entry e
                   where e.wallet_id = w.wallet_id and e.position <= :position
                   order by e.position desc limit 1), 0),
               coalesce((select change.held from (
                   (select h.opened_position, h.held_when_opened from projection.hold h
                       where h.wallet_id = w.wallet_id and h.opened_position <= :position
                       order by h.opened_position desc limit 1)
                   union all
                   (select h.closed_position, h.held_when_closed from projection.hold h
                       where h.wallet_id = w.wallet_id and h.closed_position <= :position
                       order by h.closed_position desc limit 1)
               ) change (position, held) order by change.position desc limit 1), 0),
               exists (select from (
                   select distinct on (f.reason) f.frozen from projection.wallet_freeze f
                   where f.wallet_id = w.wallet_id and f.position <= :position
                   order by f.reason, f.position desc
               ) latest where latest.frozen),
               w.opened_at
        from projection.wallet w
        where w.wallet_id = :wallet and w.opened_position <= :position
        """;

    private static final String OVERDUE = """
        select wallet_id, hold_id from projection.hold
        where closed_position is null and expires_at <= :now
        order by expires_at limit :limit
        """;

    private final JdbcClient jdbc;

    public WalletQueries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** As of the newest event projected. */
    public Optional<WalletBalance> balance(WalletId walletId) {
        return jdbc.sql(NOW)
                .param("wallet", walletId.value())
                .query((row, _) -> balance(row))
                .optional();
    }

    /** As of a position of the log; empty before the wallet was opened. */
    public Optional<WalletBalance> balanceAt(WalletId walletId, long position) {
        return jdbc.sql(AT)
                .param("wallet", walletId.value())
                .param("position", position)
                .query((row, _) -> balance(row))
                .optional();
    }

    /** All that was ever charged for usage. */
    public Money lifetimeSpend(WalletId walletId) {
        return jdbc.sql("select lifetime_spend from projection.wallet where wallet_id = :wallet")
                .param("wallet", walletId.value())
                .query((row, _) -> new Money(row.getLong(1)))
                .optional()
                .orElse(Money.ZERO);
    }

    /** Open holds that expired up to now, the oldest first. */
    public List<OverdueHold> overdue(Instant now, int limit) {
        return jdbc.sql(OVERDUE)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, _) -> new OverdueHold(new WalletId(row.getString(1)), new HoldId(row.getString(2))))
                .list();
    }

    private static WalletBalance balance(ResultSet row) throws SQLException {
        return new WalletBalance(
                new WalletId(row.getString(1)),
                new CustomerId(row.getString(2)),
                new ProjectId(row.getString(3)),
                Mode.ofWireName(row.getString(4)),
                new Money(row.getLong(5)),
                new Money(row.getLong(6)),
                row.getBoolean(7),
                row.getObject(8, OffsetDateTime.class).toInstant());
    }
}
