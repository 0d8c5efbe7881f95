package dev.purser.projection.margin;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.margin.MarginId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions about margin accounts. Thread-safe. */
public final class MarginQueries {
    private static final String ACCOUNT = """
        select balance, accrued, clawed_back, reserved,
               case when mode = 'live' then (
                   select coalesce(sum(p.amount), 0)::bigint from projection.payout p
                   where p.organization_id = m.organization_id and p.status = 'PAID'
               ) else 0 end
        from projection.margin_account m where margin_id = :id
        """;

    private final JdbcClient jdbc;

    public MarginQueries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** All zero where nothing has accrued yet. */
    public MarginAccount account(OrganizationId organizationId, Mode mode) {
        return jdbc.sql(ACCOUNT)
                .param("id", new MarginId(organizationId, mode).streamId())
                .query((row, _) -> new MarginAccount(
                        new Money(row.getLong(1)),
                        new Money(row.getLong(2)),
                        new Money(row.getLong(3)),
                        new Money(row.getLong(4) - row.getLong(5)),
                        new Money(row.getLong(5))))
                .optional()
                .orElse(MarginAccount.EMPTY);
    }

    /** The entries before a position, newest first. */
    public List<MarginEntry> entries(OrganizationId organizationId, Mode mode, long beforePosition, int limit) {
        return jdbc.sql("""
            select entry_id, type, amount, balance_after, topup_id, payout_id, created_at, position
            from projection.margin_entry
            where margin_id = :id and position < :before order by position desc limit :limit
            """)
                .param("id", new MarginId(organizationId, mode).streamId())
                .param("before", beforePosition)
                .param("limit", limit)
                .query((row, _) -> entry(row))
                .list();
    }

    /** What is held back of an account, by the rule that decides payouts. */
    public Money heldBack(OrganizationId organizationId, Mode mode, HoldBack holdBack, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Map<LocalDate, Money> accruedPerDay = new HashMap<>();
        RowCallbackHandler perDay =
                row -> accruedPerDay.put(LocalDate.parse(row.getString(1)), new Money(row.getLong(2)));
        jdbc.sql("""
            select day, sum(amount)::bigint from projection.margin_entry
            where margin_id = :id and day >= :first group by day
            """)
                .param("id", new MarginId(organizationId, mode).streamId())
                .param("first", today.minusDays(holdBack.days()).toString())
                .query(perDay);
        return holdBack.heldBack(accruedPerDay, today);
    }

    /** The organizations with at least so much live margin, the greatest margin first. */
    public List<OrganizationId> payable(Money atLeast) {
        return jdbc.sql("""
            select organization_id from projection.margin_account
            where mode = 'live' and balance >= :least order by balance desc
            """)
                .param("least", atLeast.nanos())
                .query((row, _) -> new OrganizationId(row.getString(1)))
                .list();
    }

    private static MarginEntry entry(ResultSet row) throws SQLException {
        String topUp = row.getString(5);
        String payout = row.getString(6);
        return new MarginEntry(
                row.getString(1),
                MarginEntry.Type.valueOf(row.getString(2)),
                new Money(row.getLong(3)),
                new Money(row.getLong(4)),
                topUp == null ? null : new TopUpId(topUp),
                payout == null ? null : new PayoutId(payout),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getLong(8));
    }
}
