package dev.purser.projection.topup;

import dev.purser.domain.Money;
import dev.purser.domain.topup.Share;
import dev.purser.domain.topup.TopUpEvent.TopUpQuoted;
import dev.purser.domain.topup.TopUpEvent.TopUpRefunded;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import dev.purser.domain.topup.TopUpQuote;
import dev.purser.domain.topup.TopUpStatus;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.ColumnType;
import dev.purser.projection.table.FoldedTable;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of {@code projection.topup} while a batch is folded into it; amounts in nano-dollars. */
final class TopUpRow {
    static final FoldedTable<TopUpRow> TABLE = FoldedTable.<TopUpRow>named("topup", "topup_id", row -> row.topUpId)
            .column("wallet_id", ColumnType.TEXT, row -> row.walletId)
            .column("customer_id", ColumnType.TEXT, row -> row.customerId)
            .column("organization_id", ColumnType.TEXT, row -> row.organizationId)
            .column("project_id", ColumnType.TEXT, row -> row.projectId)
            .column("mode", ColumnType.TEXT, row -> row.mode)
            .column("status", ColumnType.TEXT, row -> row.status.name())
            .column("amount", ColumnType.BIGINT, row -> row.quote.amount().nanos())
            .column(
                    "platform_fee",
                    ColumnType.BIGINT,
                    row -> row.quote.platformFee().nanos())
            .column(
                    "total_amount",
                    ColumnType.BIGINT,
                    row -> row.quote.totalAmount().nanos())
            .column(
                    "net_credited",
                    ColumnType.BIGINT,
                    row -> row.quote.netCredited().nanos())
            .column(
                    "developer_margin",
                    ColumnType.BIGINT,
                    row -> row.quote.developerMargin().nanos())
            .column(
                    "bonus_quoted",
                    ColumnType.BIGINT,
                    row -> row.quote.bonusCredited().nanos())
            .column(
                    "markup_percent",
                    ColumnType.TEXT,
                    row -> row.quote.markupPercent().toPlainString())
            .column(
                    "bonus_percent",
                    ColumnType.TEXT,
                    row -> row.quote.bonusPercent().toPlainString())
            .column(
                    "fee_percent",
                    ColumnType.TEXT,
                    row -> row.quote.feePercent().toPlainString())
            .column("payment_intent_id", ColumnType.TEXT, row -> row.paymentIntentId)
            .column("charge_id", ColumnType.TEXT, row -> row.chargeId)
            .column("paid", ColumnType.BIGINT, row -> row.paid)
            .column("credited", ColumnType.BIGINT, row -> row.credited)
            .column("bonus_credited", ColumnType.BIGINT, row -> row.bonusCredited)
            .column("margin", ColumnType.BIGINT, row -> row.margin)
            .column("refunded", ColumnType.BIGINT, row -> row.refunded)
            .column("refund_reported", ColumnType.BIGINT, row -> row.refundReported)
            .column("disputed", ColumnType.BIGINT, row -> row.disputed)
            .column("quoted_at", ColumnType.TIMESTAMP, row -> row.quotedAt)
            .column("settled_at", ColumnType.TIMESTAMP, row -> row.settledAt)
            .column("quoted_position", ColumnType.BIGINT, row -> row.quotedPosition)
            .column("position", ColumnType.BIGINT, row -> row.position)
            .read(TopUpRow::new);

    private final String topUpId;
    private final String walletId;
    private final String customerId;
    private final String organizationId;
    private final String projectId;
    private final String mode;
    private final TopUpQuote quote;
    private final Instant quotedAt;
    private final long quotedPosition;
    private TopUpStatus status;
    private @Nullable String paymentIntentId;
    private @Nullable String chargeId;
    private long paid;
    private long credited;
    private long bonusCredited;
    private long margin;
    private long refunded;
    private long refundReported;
    private long disputed;
    private @Nullable Instant settledAt;
    private long position;

    private TopUpRow(ResultSet row) throws SQLException {
        topUpId = row.getString(1);
        walletId = row.getString(2);
        customerId = row.getString(3);
        organizationId = row.getString(4);
        projectId = row.getString(5);
        mode = row.getString(6);
        status = TopUpStatus.valueOf(row.getString(7));
        quote = quote(row, 8);
        paymentIntentId = row.getString(17);
        chargeId = row.getString(18);
        paid = row.getLong(19);
        credited = row.getLong(20);
        bonusCredited = row.getLong(21);
        margin = row.getLong(22);
        refunded = row.getLong(23);
        refundReported = row.getLong(24);
        disputed = row.getLong(25);
        quotedAt = row.getObject(26, OffsetDateTime.class).toInstant();
        OffsetDateTime settled = row.getObject(27, OffsetDateTime.class);
        settledAt = settled == null ? null : settled.toInstant();
        quotedPosition = row.getLong(28);
        position = row.getLong(29);
    }

    TopUpRow(ProjectedEvent event, TopUpQuoted quoted) {
        topUpId = quoted.topUpId().value();
        walletId = quoted.walletId().value();
        customerId = quoted.customerId().value();
        organizationId = quoted.organizationId().value();
        projectId = quoted.projectId().value();
        mode = quoted.mode().wireName();
        status = TopUpStatus.QUOTED;
        quote = quoted.quote();
        quotedAt = event.recordedAt();
        quotedPosition = event.position();
        position = event.position();
    }

    /** From nine columns in the order of the quote's components. */
    static TopUpQuote quote(ResultSet row, int firstColumn) throws SQLException {
        return new TopUpQuote(
                new Money(row.getLong(firstColumn)),
                new Money(row.getLong(firstColumn + 1)),
                new Money(row.getLong(firstColumn + 2)),
                new Money(row.getLong(firstColumn + 3)),
                new Money(row.getLong(firstColumn + 4)),
                new Money(row.getLong(firstColumn + 5)),
                new BigDecimal(row.getString(firstColumn + 6)),
                new BigDecimal(row.getString(firstColumn + 7)),
                new BigDecimal(row.getString(firstColumn + 8)));
    }

    boolean has(ProjectedEvent event) {
        return position >= event.position();
    }

    void reach(ProjectedEvent event) {
        position = event.position();
    }

    void intend(String intent) {
        paymentIntentId = intent;
    }

    /** A top-up that is settled stays so, whatever other payments come. */
    void park() {
        if (status == TopUpStatus.QUOTED) {
            status = TopUpStatus.PARKED;
        }
    }

    void settle(TopUpSettled settled) {
        status = TopUpStatus.SETTLED;
        paymentIntentId = settled.paymentIntentId();
        chargeId = settled.chargeId();
        paid = settled.paid().nanos();
        credited = settled.netCredited().nanos();
        bonusCredited = settled.bonusCredited().nanos();
        margin = settled.margin().nanos();
        settledAt = settled.settledAt();
    }

    void refund(TopUpRefunded refund) {
        refunded += refund.share().cash().nanos();
        refundReported = refund.refunded().nanos();
    }

    void dispute(Share share) {
        disputed += share.cash().nanos();
    }

    void giveBack(Share share) {
        disputed -= share.cash().nanos();
    }
}
