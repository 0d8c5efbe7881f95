package dev.purser.projection.topup;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import dev.purser.domain.topup.ParkReason;
import dev.purser.domain.topup.TopUpStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions about top-ups. Thread-safe. */
public final class TopUpQueries {
    private static final String COLUMNS = """
        select t.topup_id, t.wallet_id, t.customer_id, t.organization_id, t.project_id, t.mode, t.status,
               t.amount, t.platform_fee, t.total_amount, t.net_credited, t.developer_margin, t.bonus_quoted,
               t.markup_percent, t.bonus_percent, t.fee_percent, t.payment_intent_id, t.charge_id, t.paid, t.credited,
               t.bonus_credited, t.margin, t.refunded, t.refund_reported, t.disputed, t.quoted_at, t.settled_at,
               t.quoted_position\
        """;
    private static final int COLUMN_COUNT = 28;

    private final JdbcClient jdbc;

    public TopUpQueries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public Optional<TopUpDetails> topUp(TopUpId topUpId) {
        return jdbc.sql(COLUMNS + " from projection.topup t where t.topup_id = :id")
                .param("id", topUpId.value())
                .query((row, _) -> topUp(row))
                .optional();
    }

    /** The top-up that a payment was made for or settled; not one that it was merely parked with. */
    public Optional<TopUpDetails> byPaymentIntent(String paymentIntentId) {
        return jdbc.sql(COLUMNS + " from projection.topup t where t.payment_intent_id = :id")
                .param("id", paymentIntentId)
                .query((row, _) -> topUp(row))
                .optional();
    }

    /** A wallet's top-ups that were quoted before a position, newest first. */
    public List<TopUpDetails> ofWallet(WalletId walletId, long beforePosition, int limit) {
        return jdbc.sql(COLUMNS + """
             from projection.topup t where t.wallet_id = :wallet and t.quoted_position < :before
            order by t.quoted_position desc limit :limit
            """)
                .param("wallet", walletId.value())
                .param("before", beforePosition)
                .param("limit", limit)
                .query((row, _) -> topUp(row))
                .list();
    }

    /** Payments that match no quote, of all organizations, parked before a position, newest first. */
    public List<ParkedPayment> parked(long beforePosition, int limit) {
        return jdbc.sql(COLUMNS + """
            , p.payment_intent_id, p.reason, p.received, p.currency, p.mode, p.parked_at, p.position
            from projection.topup_parked p join projection.topup t on t.topup_id = p.topup_id
            where p.position < :before order by p.position desc limit :limit
            """)
                .param("before", beforePosition)
                .param("limit", limit)
                .query((row, _) -> parked(row))
                .list();
    }

    /** Neither paid nor parked, quoted within a time and after a position, oldest first. */
    public List<TopUpDetails> unsettled(Instant quotedFrom, Instant quotedBefore, long afterPosition, int limit) {
        return jdbc.sql(COLUMNS + """
             from projection.topup t where t.status = 'QUOTED' and t.quoted_at >= :from and t.quoted_at < :to
              and t.quoted_position > :after order by t.quoted_position limit :limit
            """)
                .param("from", quotedFrom.atOffset(ZoneOffset.UTC))
                .param("to", quotedBefore.atOffset(ZoneOffset.UTC))
                .param("after", afterPosition)
                .param("limit", limit)
                .query((row, _) -> topUp(row))
                .list();
    }

    /** Settled within a time and quoted after a position, in the order of their quotes. */
    public List<TopUpDetails> settled(
            Mode mode, Instant settledFrom, Instant settledBefore, long afterPosition, int limit) {
        return jdbc.sql(COLUMNS + """
             from projection.topup t where t.status = 'SETTLED' and t.mode = :mode
              and t.settled_at >= :from and t.settled_at < :to
              and t.quoted_position > :after order by t.quoted_position limit :limit
            """)
                .param("mode", mode.wireName())
                .param("from", settledFrom.atOffset(ZoneOffset.UTC))
                .param("to", settledBefore.atOffset(ZoneOffset.UTC))
                .param("after", afterPosition)
                .param("limit", limit)
                .query((row, _) -> topUp(row))
                .list();
    }

    private static TopUpDetails topUp(ResultSet row) throws SQLException {
        OffsetDateTime settledAt = row.getObject(27, OffsetDateTime.class);
        return new TopUpDetails(
                new TopUpId(row.getString(1)),
                new WalletId(row.getString(2)),
                new CustomerId(row.getString(3)),
                new OrganizationId(row.getString(4)),
                new ProjectId(row.getString(5)),
                Mode.ofWireName(row.getString(6)),
                TopUpStatus.valueOf(row.getString(7)),
                TopUpRow.quote(row, 8),
                row.getString(17),
                row.getString(18),
                new Money(row.getLong(19)),
                new Money(row.getLong(20)),
                new Money(row.getLong(21)),
                new Money(row.getLong(22)),
                new Money(row.getLong(23)),
                new Money(row.getLong(24)),
                new Money(row.getLong(25)),
                row.getObject(26, OffsetDateTime.class).toInstant(),
                settledAt == null ? null : settledAt.toInstant(),
                row.getLong(COLUMN_COUNT));
    }

    private static ParkedPayment parked(ResultSet row) throws SQLException {
        return new ParkedPayment(
                row.getString(COLUMN_COUNT + 1),
                ParkReason.valueOf(row.getString(COLUMN_COUNT + 2)),
                new Money(row.getLong(COLUMN_COUNT + 3)),
                row.getString(COLUMN_COUNT + 4),
                Mode.ofWireName(row.getString(COLUMN_COUNT + 5)),
                row.getObject(COLUMN_COUNT + 6, OffsetDateTime.class).toInstant(),
                topUp(row),
                row.getLong(COLUMN_COUNT + 7));
    }
}
