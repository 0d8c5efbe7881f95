package dev.purser.projection.wallet;

import dev.purser.domain.wallet.FreezeReason;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.AppendedTable;
import dev.purser.projection.table.ColumnType;

/** A change of a reason to freeze, a row of {@code projection.wallet_freeze}. */
record FreezeChange(String wallet, long position, String reason, boolean frozen) {
    static final AppendedTable<FreezeChange> TABLE = AppendedTable.<FreezeChange>named("wallet_freeze")
            .column("wallet_id", ColumnType.TEXT, FreezeChange::wallet)
            .column("position", ColumnType.BIGINT, FreezeChange::position)
            .column("reason", ColumnType.TEXT, FreezeChange::reason)
            .column("frozen", ColumnType.BOOLEAN, FreezeChange::frozen)
            .build();

    static FreezeChange of(ProjectedEvent event, FreezeReason reason, boolean frozen) {
        return new FreezeChange(event.stream(), event.position(), reason.name(), frozen);
    }
}
