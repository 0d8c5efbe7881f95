package dev.purser.projection.wallet;

import dev.purser.domain.wallet.WalletEvent.WalletOpened;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.ColumnType;
import dev.purser.projection.table.FoldedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** A row of {@code projection.wallet} while a batch is folded into it; amounts in nano-dollars. */
final class WalletRow {
    static final FoldedTable<WalletRow> TABLE = FoldedTable.<WalletRow>named("wallet", "wallet_id", row -> row.walletId)
            .column("customer_id", ColumnType.TEXT, row -> row.customerId)
            .column("organization_id", ColumnType.TEXT, row -> row.organizationId)
            .column("project_id", ColumnType.TEXT, row -> row.projectId)
            .column("mode", ColumnType.TEXT, row -> row.mode)
            .column("opened_at", ColumnType.TIMESTAMP, row -> row.openedAt)
            .column("opened_position", ColumnType.BIGINT, row -> row.openedPosition)
            .column("balance", ColumnType.BIGINT, row -> row.balance)
            .column("held", ColumnType.BIGINT, row -> row.held)
            .column("lifetime_spend", ColumnType.BIGINT, row -> row.lifetimeSpend)
            .column("lifetime_topped_up", ColumnType.BIGINT, row -> row.lifetimeToppedUp)
            .column("position", ColumnType.BIGINT, row -> row.position)
            .read(WalletRow::new);

    private final String walletId;
    private final String customerId;
    private final String organizationId;
    private final String projectId;
    private final String mode;
    private final Instant openedAt;
    private final long openedPosition;
    private long balance;
    private long held;
    private long lifetimeSpend;
    private long lifetimeToppedUp;
    private long position;

    private WalletRow(ResultSet row) throws SQLException {
        walletId = row.getString(1);
        customerId = row.getString(2);
        organizationId = row.getString(3);
        projectId = row.getString(4);
        mode = row.getString(5);
        openedAt = row.getObject(6, OffsetDateTime.class).toInstant();
        openedPosition = row.getLong(7);
        balance = row.getLong(8);
        held = row.getLong(9);
        lifetimeSpend = row.getLong(10);
        lifetimeToppedUp = row.getLong(11);
        position = row.getLong(12);
    }

    WalletRow(ProjectedEvent event, WalletOpened opened) {
        walletId = opened.walletId().value();
        customerId = opened.customerId().value();
        organizationId = opened.organizationId().value();
        projectId = opened.projectId().value();
        mode = opened.mode().wireName();
        openedAt = event.recordedAt();
        openedPosition = event.position();
        position = event.position();
    }

    boolean has(ProjectedEvent event) {
        return position >= event.position();
    }

    void reach(ProjectedEvent event) {
        position = event.position();
    }

    void credit(long amount, long balanceAfter, boolean toppedUp) {
        balance = balanceAfter;
        if (toppedUp) {
            lifetimeToppedUp += amount;
        }
    }

    void balance(long changed) {
        balance = changed;
    }

    void debit(long charged, long balanceAfter) {
        balance = balanceAfter;
        lifetimeSpend += charged;
    }

    /** Answers what is held in all from now on. */
    long hold(long amount) {
        held += amount;
        return held;
    }

    /** Answers what is held in all from now on. */
    long free(long amount) {
        held -= amount;
        return held;
    }
}
