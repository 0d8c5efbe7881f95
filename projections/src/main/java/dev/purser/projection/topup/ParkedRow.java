package dev.purser.projection.topup;

import dev.purser.domain.topup.TopUpEvent.TopUpParked;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.AppendedTable;
import dev.purser.projection.table.ColumnType;

/** A row of {@code projection.topup_parked}. */
record ParkedRow(ProjectedEvent event, TopUpParked parked) {
    static final AppendedTable<ParkedRow> TABLE = AppendedTable.<ParkedRow>named("topup_parked")
            .column("topup_id", ColumnType.TEXT, row -> row.event.stream())
            .column("position", ColumnType.BIGINT, row -> row.event.position())
            .column("payment_intent_id", ColumnType.TEXT, row -> row.parked.paymentIntentId())
            .column("reason", ColumnType.TEXT, row -> row.parked.reason().name())
            .column("received", ColumnType.BIGINT, row -> row.parked.received().nanos())
            .column("currency", ColumnType.TEXT, row -> row.parked.currency())
            .column("mode", ColumnType.TEXT, row -> row.parked.mode().wireName())
            .column("parked_at", ColumnType.TIMESTAMP, row -> row.event.recordedAt())
            .build();
}
