package dev.purser.projection.payout;

import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.payout.PayoutStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions about payouts. Thread-safe. */
public final class PayoutQueries {
    private static final String COLUMNS = """
        select payout_id, organization_id, destination, amount, automatic, status, transfer_id, failure_reason,
               requested_at, closed_at, requested_position
        from projection.payout
        """;

    private final JdbcClient jdbc;

    public PayoutQueries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** An organization's payouts that were requested before a position, newest first. */
    public List<PayoutDetails> page(OrganizationId organizationId, long beforePosition, int limit) {
        return jdbc.sql(COLUMNS + """
            where organization_id = :organization and requested_position < :before
            order by requested_position desc limit :limit
            """)
                .param("organization", organizationId.value())
                .param("before", beforePosition)
                .param("limit", limit)
                .query((row, _) -> payout(row))
                .list();
    }

    /** Empty for a payout of another organization. */
    public Optional<PayoutDetails> payout(OrganizationId organizationId, PayoutId payoutId) {
        return jdbc.sql(COLUMNS + "where organization_id = :organization and payout_id = :payout")
                .param("organization", organizationId.value())
                .param("payout", payoutId.value())
                .query((row, _) -> payout(row))
                .optional();
    }

    /** Payouts of all organizations whose outcome is not known, requested before a time and after a position, oldest first. */
    public List<PayoutDetails> inFlight(Instant requestedBefore, long afterPosition, int limit) {
        return jdbc.sql(COLUMNS + """
            where status = 'IN_FLIGHT' and requested_at < :before and requested_position > :after
            order by requested_position limit :limit
            """)
                .param("before", requestedBefore.atOffset(ZoneOffset.UTC))
                .param("after", afterPosition)
                .param("limit", limit)
                .query((row, _) -> payout(row))
                .list();
    }

    /** An organization's last automatic payout, however it came out. */
    public Optional<PayoutDetails> lastAutomatic(OrganizationId organizationId) {
        return jdbc.sql(COLUMNS + """
            where organization_id = :organization and automatic
            order by requested_position desc limit 1
            """)
                .param("organization", organizationId.value())
                .query((row, _) -> payout(row))
                .optional();
    }

    private static PayoutDetails payout(ResultSet row) throws SQLException {
        OffsetDateTime closedAt = row.getObject(10, OffsetDateTime.class);
        return new PayoutDetails(
                new PayoutId(row.getString(1)),
                new OrganizationId(row.getString(2)),
                row.getString(3),
                new Money(row.getLong(4)),
                row.getBoolean(5),
                PayoutStatus.valueOf(row.getString(6)),
                row.getString(7),
                row.getString(8),
                row.getObject(9, OffsetDateTime.class).toInstant(),
                closedAt == null ? null : closedAt.toInstant(),
                row.getLong(11));
    }
}
