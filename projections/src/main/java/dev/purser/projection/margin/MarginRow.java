package dev.purser.projection.margin;

import dev.purser.domain.margin.MarginEvent.MarginAccountOpened;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.ColumnType;
import dev.purser.projection.table.FoldedTable;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of {@code projection.margin_account} while a batch is folded into it; amounts in nano-dollars. */
final class MarginRow {
    static final FoldedTable<MarginRow> TABLE = FoldedTable.<MarginRow>named(
                    "margin_account", "margin_id", row -> row.marginId)
            .column("organization_id", ColumnType.TEXT, row -> row.organizationId)
            .column("mode", ColumnType.TEXT, row -> row.mode)
            .column("balance", ColumnType.BIGINT, row -> row.balance)
            .column("accrued", ColumnType.BIGINT, row -> row.accrued)
            .column("clawed_back", ColumnType.BIGINT, row -> row.clawedBack)
            .column("reserved", ColumnType.BIGINT, row -> row.reserved)
            .column("position", ColumnType.BIGINT, row -> row.position)
            .read(MarginRow::new);

    private final String marginId;
    private final String organizationId;
    private final String mode;
    private long balance;
    private long accrued;
    private long clawedBack;
    private long reserved;
    private long position;

    private MarginRow(ResultSet row) throws SQLException {
        marginId = row.getString(1);
        organizationId = row.getString(2);
        mode = row.getString(3);
        balance = row.getLong(4);
        accrued = row.getLong(5);
        clawedBack = row.getLong(6);
        reserved = row.getLong(7);
        position = row.getLong(8);
    }

    MarginRow(ProjectedEvent event, MarginAccountOpened opened) {
        marginId = event.stream();
        organizationId = opened.organizationId().value();
        mode = opened.mode().wireName();
        position = event.position();
    }

    boolean has(ProjectedEvent event) {
        return position >= event.position();
    }

    void add(EntryRow entry) {
        long amount = entry.amount().nanos();
        switch (entry.type()) {
            case ACCRUAL -> accrued += amount;
            case CLAWBACK -> clawedBack -= amount;
            case PAYOUT, PAYOUT_RESTORED -> reserved -= amount;
        }
        balance = entry.balance().nanos();
        position = entry.event().position();
    }
}
