package dev.purser.projection.wallet;

import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.ColumnType;
import dev.purser.projection.table.FoldedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of {@code projection.hold} while a batch is folded into it; amounts in nano-dollars. */
final class HoldRow {
    static final FoldedTable<HoldRow> TABLE = FoldedTable.<HoldRow>named("hold", "hold_id", row -> row.holdId)
            .column("wallet_id", ColumnType.TEXT, row -> row.walletId)
            .column("origin", ColumnType.TEXT, row -> row.origin)
            .column("amount", ColumnType.BIGINT, row -> row.amount)
            .column("expires_at", ColumnType.TIMESTAMP, row -> row.expiresAt)
            .column("opened_position", ColumnType.BIGINT, row -> row.openedPosition)
            .column("held_when_opened", ColumnType.BIGINT, row -> row.heldWhenOpened)
            .column("closed_position", ColumnType.BIGINT, row -> row.closedPosition)
            .column("held_when_closed", ColumnType.BIGINT, row -> row.heldWhenClosed)
            .column("position", ColumnType.BIGINT, row -> row.position)
            .closedWhen(row -> row.closedPosition != null)
            .read(HoldRow::new);

    private final String holdId;
    private final String walletId;
    private final String origin;
    private final long amount;
    private final long openedPosition;
    private final long heldWhenOpened;
    private Instant expiresAt;
    private @Nullable Long closedPosition;
    private @Nullable Long heldWhenClosed;
    private long position;

    private HoldRow(ResultSet row) throws SQLException {
        holdId = row.getString(1);
        walletId = row.getString(2);
        origin = row.getString(3);
        amount = row.getLong(4);
        expiresAt = row.getObject(5, OffsetDateTime.class).toInstant();
        openedPosition = row.getLong(6);
        heldWhenOpened = row.getLong(7);
        closedPosition = row.getObject(8, Long.class);
        heldWhenClosed = row.getObject(9, Long.class);
        position = row.getLong(10);
    }

    HoldRow(ProjectedEvent event, CreditsHeld held, long heldByWallet) {
        holdId = held.holdId().value();
        walletId = event.stream();
        origin = held.origin().name();
        amount = held.amount().nanos();
        expiresAt = held.expiresAt();
        openedPosition = event.position();
        heldWhenOpened = heldByWallet;
        position = event.position();
    }

    long amount() {
        return amount;
    }

    boolean isOpenIn(String wallet) {
        return closedPosition == null && walletId.equals(wallet);
    }

    void renew(ProjectedEvent event, Instant until) {
        expiresAt = until;
        position = event.position();
    }

    void close(ProjectedEvent event, long heldByWallet) {
        closedPosition = event.position();
        heldWhenClosed = heldByWallet;
        position = event.position();
    }
}
