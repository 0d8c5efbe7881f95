package dev.purser.projection.session;

import dev.purser.domain.session.SessionEvent.SessionMinted;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.ColumnType;
import dev.purser.projection.table.FoldedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of {@code projection.session} while a batch is folded into it; amounts in nano-dollars. */
final class SessionRow {
    static final FoldedTable<SessionRow> TABLE = FoldedTable.<SessionRow>named(
                    "session", "session_id", row -> row.sessionId)
            .column("customer_id", ColumnType.TEXT, row -> row.customerId)
            .column("wallet_id", ColumnType.TEXT, row -> row.walletId)
            .column("mode", ColumnType.TEXT, row -> row.mode)
            .column("minted_at", ColumnType.TIMESTAMP, row -> row.mintedAt)
            .column("expires_at", ColumnType.TIMESTAMP, row -> row.expiresAt)
            .column("revoked_at", ColumnType.TIMESTAMP, row -> row.revokedAt)
            .column("spend", ColumnType.BIGINT, row -> row.spend)
            .column("max_spend", ColumnType.BIGINT, row -> row.maxSpend)
            .column("created_position", ColumnType.BIGINT, row -> row.createdPosition)
            .column("position", ColumnType.BIGINT, row -> row.position)
            .read(SessionRow::new);

    private final String sessionId;
    private final String customerId;
    private final String walletId;
    private final String mode;
    private final Instant mintedAt;
    private final @Nullable Long maxSpend;
    private final long createdPosition;
    private Instant expiresAt;
    private @Nullable Instant revokedAt;
    private long spend;
    private long position;

    private SessionRow(ResultSet row) throws SQLException {
        sessionId = row.getString(1);
        customerId = row.getString(2);
        walletId = row.getString(3);
        mode = row.getString(4);
        mintedAt = row.getObject(5, OffsetDateTime.class).toInstant();
        expiresAt = row.getObject(6, OffsetDateTime.class).toInstant();
        OffsetDateTime revoked = row.getObject(7, OffsetDateTime.class);
        revokedAt = revoked == null ? null : revoked.toInstant();
        spend = row.getLong(8);
        maxSpend = row.getObject(9, Long.class);
        createdPosition = row.getLong(10);
        position = row.getLong(11);
    }

    SessionRow(ProjectedEvent event, SessionMinted minted) {
        sessionId = minted.sessionId().value();
        customerId = minted.customerId().value();
        walletId = minted.walletId().value();
        mode = minted.mode().wireName();
        mintedAt = minted.mintedAt();
        expiresAt = minted.expiresAt();
        maxSpend = minted.maxSpend() == null ? null : minted.maxSpend().nanos();
        createdPosition = event.position();
        position = event.position();
    }

    boolean has(ProjectedEvent event) {
        return position >= event.position();
    }

    void reach(ProjectedEvent event) {
        position = event.position();
    }

    void lastUntil(Instant end) {
        expiresAt = end.isAfter(expiresAt) ? end : expiresAt;
    }

    void revoke(Instant at) {
        revokedAt = at;
    }

    void spend(long charged) {
        spend += charged;
    }
}
