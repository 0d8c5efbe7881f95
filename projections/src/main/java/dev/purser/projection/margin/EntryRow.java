package dev.purser.projection.margin;

import dev.purser.domain.Money;
import dev.purser.domain.PayoutId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.margin.MarginEvent;
import dev.purser.domain.margin.MarginEvent.MarginAccountOpened;
import dev.purser.domain.margin.MarginEvent.MarginAccrued;
import dev.purser.domain.margin.MarginEvent.MarginClawedBack;
import dev.purser.domain.margin.MarginEvent.MarginReserved;
import dev.purser.domain.margin.MarginEvent.MarginRestored;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.entry.EntryIds;
import dev.purser.projection.table.AppendedTable;
import dev.purser.projection.table.ColumnType;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A row of {@code projection.margin_entry}. */
record EntryRow(
        ProjectedEvent event,
        MarginEntry.Type type,
        Money amount,
        Money balance,
        @Nullable TopUpId topUpId,
        @Nullable PayoutId payoutId,
        @Nullable LocalDate day) {
    static final AppendedTable<EntryRow> TABLE = AppendedTable.<EntryRow>named("margin_entry")
            .column("margin_id", ColumnType.TEXT, row -> row.event.stream())
            .column("position", ColumnType.BIGINT, row -> row.event.position())
            .column("entry_id", ColumnType.TEXT, row -> EntryIds.of(row.event.eventId()))
            .column("type", ColumnType.TEXT, row -> row.type.name())
            .column("amount", ColumnType.BIGINT, row -> row.amount.nanos())
            .column("balance_after", ColumnType.BIGINT, row -> row.balance.nanos())
            .column("topup_id", ColumnType.TEXT, row -> row.topUpId == null ? null : row.topUpId.value())
            .column("payout_id", ColumnType.TEXT, row -> row.payoutId == null ? null : row.payoutId.value())
            .column("day", ColumnType.TEXT, row -> row.day == null ? null : row.day.toString())
            .column("created_at", ColumnType.TIMESTAMP, row -> row.event.recordedAt())
            .build();

    /** Null for what changes no balance. */
    static @Nullable EntryRow of(ProjectedEvent event, MarginEvent marginEvent) {
        return switch (marginEvent) {
            case MarginAccountOpened _ -> null;
            case MarginAccrued(TopUpId topUp, Money amount, Money balance, LocalDate day) ->
                new EntryRow(event, MarginEntry.Type.ACCRUAL, amount, balance, topUp, null, day);
            case MarginClawedBack(TopUpId topUp, Money amount, Money balance, LocalDate day) ->
                new EntryRow(event, MarginEntry.Type.CLAWBACK, amount.negated(), balance, topUp, null, day);
            case MarginReserved(PayoutId payout, Money amount, Money balance) ->
                new EntryRow(event, MarginEntry.Type.PAYOUT, amount.negated(), balance, null, payout, null);
            case MarginRestored(PayoutId payout, Money amount, Money balance) ->
                new EntryRow(event, MarginEntry.Type.PAYOUT_RESTORED, amount, balance, null, payout, null);
        };
    }
}
