package dev.purser.projection.wallet;

import dev.purser.domain.wallet.FreezeReason;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.AppendedTable;
import dev.purser.projection.table.ColumnType;
import java.util.Locale;

/** A change of a reason to freeze, a row of {@code projection.wallet_freeze}. */
record FreezeChange(String wallet, long position, String reason, boolean frozen) {
    static final AppendedTable<FreezeChange> TABLE = AppendedTable.<FreezeChange>named("wallet_freeze")
            .column("wallet_id", ColumnType.TEXT, FreezeChange::wallet)
            .column("position", ColumnType.BIGINT, FreezeChange::position)
            .column("reason", ColumnType.TEXT, FreezeChange::reason)
            .column("frozen", ColumnType.BOOLEAN, FreezeChange::frozen)
            .build();

    /** The reasons that there have always been are stored in capitals; ids of disputes as they are. */
    private static String text(FreezeReason reason) {
        return reason.disputeId() == null ? reason.value().toUpperCase(Locale.ROOT) : reason.value();
    }

    static FreezeChange of(ProjectedEvent event, FreezeReason reason, boolean frozen) {
        return new FreezeChange(event.stream(), event.position(), text(reason), frozen);
    }
}
