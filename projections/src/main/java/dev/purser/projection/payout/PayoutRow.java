package dev.purser.projection.payout;

import dev.purser.domain.payout.PayoutEvent.PayoutFailed;
import dev.purser.domain.payout.PayoutEvent.PayoutPaid;
import dev.purser.domain.payout.PayoutEvent.PayoutRequested;
import dev.purser.domain.payout.PayoutStatus;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.ColumnType;
import dev.purser.projection.table.FoldedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of {@code projection.payout} while a batch is folded into it. */
final class PayoutRow {
    static final FoldedTable<PayoutRow> TABLE = FoldedTable.<PayoutRow>named("payout", "payout_id", row -> row.payoutId)
            .column("organization_id", ColumnType.TEXT, row -> row.organizationId)
            .column("destination", ColumnType.TEXT, row -> row.destination)
            .column("amount", ColumnType.BIGINT, row -> row.amount)
            .column("automatic", ColumnType.BOOLEAN, row -> row.automatic)
            .column("status", ColumnType.TEXT, row -> row.status.name())
            .column("transfer_id", ColumnType.TEXT, row -> row.transferId)
            .column("failure_reason", ColumnType.TEXT, row -> row.failureReason)
            .column("requested_at", ColumnType.TIMESTAMP, row -> row.requestedAt)
            .column("closed_at", ColumnType.TIMESTAMP, row -> row.closedAt)
            .column("requested_position", ColumnType.BIGINT, row -> row.requestedPosition)
            .column("position", ColumnType.BIGINT, row -> row.position)
            .read(PayoutRow::new);

    private final String payoutId;
    private final String organizationId;
    private final String destination;
    private final long amount;
    private final boolean automatic;
    private final Instant requestedAt;
    private final long requestedPosition;
    private PayoutStatus status;
    private @Nullable String transferId;
    private @Nullable String failureReason;
    private @Nullable Instant closedAt;
    private long position;

    private PayoutRow(ResultSet row) throws SQLException {
        payoutId = row.getString(1);
        organizationId = row.getString(2);
        destination = row.getString(3);
        amount = row.getLong(4);
        automatic = row.getBoolean(5);
        status = PayoutStatus.valueOf(row.getString(6));
        transferId = row.getString(7);
        failureReason = row.getString(8);
        requestedAt = row.getObject(9, OffsetDateTime.class).toInstant();
        OffsetDateTime closed = row.getObject(10, OffsetDateTime.class);
        closedAt = closed == null ? null : closed.toInstant();
        requestedPosition = row.getLong(11);
        position = row.getLong(12);
    }

    PayoutRow(ProjectedEvent event, PayoutRequested requested) {
        payoutId = requested.payoutId().value();
        organizationId = requested.organizationId().value();
        destination = requested.destination();
        amount = requested.amount().nanos();
        automatic = requested.automatic();
        status = PayoutStatus.IN_FLIGHT;
        requestedAt = requested.requestedAt();
        requestedPosition = event.position();
        position = event.position();
    }

    boolean has(ProjectedEvent event) {
        return position >= event.position();
    }

    void pay(ProjectedEvent event, PayoutPaid paid) {
        status = PayoutStatus.PAID;
        transferId = paid.transferId();
        close(event);
    }

    void fail(ProjectedEvent event, PayoutFailed failed) {
        status = PayoutStatus.FAILED;
        failureReason = failed.reason();
        close(event);
    }

    private void close(ProjectedEvent event) {
        closedAt = event.recordedAt();
        position = event.position();
    }
}
