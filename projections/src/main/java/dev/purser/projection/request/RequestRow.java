package dev.purser.projection.request;

import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.entry.EntryIds;
import dev.purser.projection.table.ColumnType;
import dev.purser.projection.table.FoldedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of {@code projection.request} while a batch is folded into it; amounts in nano-dollars. */
final class RequestRow {
    static final FoldedTable<RequestRow> TABLE = FoldedTable.<RequestRow>named(
                    "request", "request_id", row -> row.requestId)
            .column("wallet_id", ColumnType.TEXT, row -> row.walletId)
            .column("session_id", ColumnType.TEXT, row -> row.sessionId)
            .column("status", ColumnType.TEXT, row -> row.status.name())
            .column("hold_amount", ColumnType.BIGINT, row -> row.holdAmount)
            .column("opened_position", ColumnType.BIGINT, row -> row.openedPosition)
            .column("opened_at", ColumnType.TIMESTAMP, row -> row.openedAt)
            .column("expires_at", ColumnType.TIMESTAMP, row -> row.expiresAt)
            .column("closed_position", ColumnType.BIGINT, row -> row.closedPosition)
            .column("closed_at", ColumnType.TIMESTAMP, row -> row.closedAt)
            .column("model", ColumnType.TEXT, row -> row.model)
            .column("provider", ColumnType.TEXT, row -> row.provider)
            .column("upstream_id", ColumnType.TEXT, row -> row.upstreamId)
            .column("prompt_tokens", ColumnType.BIGINT, row -> row.promptTokens)
            .column("cached_tokens", ColumnType.BIGINT, row -> row.cachedTokens)
            .column("completion_tokens", ColumnType.BIGINT, row -> row.completionTokens)
            .column("images", ColumnType.INTEGER, row -> row.images)
            .column("usage_source", ColumnType.TEXT, row -> row.usageSource)
            .column("price_version", ColumnType.INTEGER, row -> row.priceVersion)
            .column("cost", ColumnType.BIGINT, row -> row.cost)
            .column("charged", ColumnType.BIGINT, row -> row.charged)
            .column("entry_id", ColumnType.TEXT, row -> row.entryId)
            .column("position", ColumnType.BIGINT, row -> row.position)
            .closedWhen(RequestRow::isClosed)
            .read(RequestRow::new);

    private final String requestId;
    private final String walletId;
    private final @Nullable String sessionId;
    private final long holdAmount;
    private final long openedPosition;
    private final Instant openedAt;
    private RequestStatus status;
    private Instant expiresAt;
    private @Nullable Long closedPosition;
    private @Nullable Instant closedAt;
    private @Nullable String model;
    private @Nullable String provider;
    private @Nullable String upstreamId;
    private @Nullable Long promptTokens;
    private @Nullable Long cachedTokens;
    private @Nullable Long completionTokens;
    private @Nullable Integer images;
    private @Nullable String usageSource;
    private @Nullable Integer priceVersion;
    private @Nullable Long cost;
    private @Nullable Long charged;
    private @Nullable String entryId;
    private long position;

    private RequestRow(ResultSet row) throws SQLException {
        requestId = row.getString(1);
        walletId = row.getString(2);
        sessionId = row.getString(3);
        status = RequestStatus.valueOf(row.getString(4));
        holdAmount = row.getLong(5);
        openedPosition = row.getLong(6);
        openedAt = row.getObject(7, OffsetDateTime.class).toInstant();
        expiresAt = row.getObject(8, OffsetDateTime.class).toInstant();
        closedPosition = row.getObject(9, Long.class);
        OffsetDateTime closed = row.getObject(10, OffsetDateTime.class);
        closedAt = closed == null ? null : closed.toInstant();
        model = row.getString(11);
        provider = row.getString(12);
        upstreamId = row.getString(13);
        promptTokens = row.getObject(14, Long.class);
        cachedTokens = row.getObject(15, Long.class);
        completionTokens = row.getObject(16, Long.class);
        images = row.getObject(17, Integer.class);
        usageSource = row.getString(18);
        priceVersion = row.getObject(19, Integer.class);
        cost = row.getObject(20, Long.class);
        charged = row.getObject(21, Long.class);
        entryId = row.getString(22);
        position = row.getLong(23);
    }

    RequestRow(ProjectedEvent event, CreditsHeld held) {
        requestId = held.holdId().value();
        walletId = event.stream();
        sessionId = held.sessionId() == null ? null : held.sessionId().value();
        status = RequestStatus.HELD;
        holdAmount = held.amount().nanos();
        openedPosition = event.position();
        openedAt = event.recordedAt();
        expiresAt = held.expiresAt();
        model = held.model();
        position = event.position();
    }

    /** False for an event that the row has already, for one of another wallet, and once nothing can follow. */
    boolean takes(ProjectedEvent event) {
        return position < event.position() && walletId.equals(event.stream()) && !isClosed();
    }

    /** An expired call may still be billed, late. */
    private boolean isClosed() {
        return status == RequestStatus.SETTLED || status == RequestStatus.RELEASED;
    }

    void renew(ProjectedEvent event, Instant until) {
        expiresAt = until;
        position = event.position();
    }

    void close(ProjectedEvent event, RequestStatus how) {
        status = how;
        closedPosition = event.position();
        closedAt = event.recordedAt();
        position = event.position();
    }

    void settle(ProjectedEvent event, UsageDebited bill) {
        close(event, RequestStatus.SETTLED);
        cost = bill.cost().nanos();
        charged = bill.charged().nanos();
        entryId = EntryIds.of(event.eventId());
        Metering metering = bill.metering();
        if (metering != null) {
            model = metering.model();
            provider = metering.provider();
            upstreamId = metering.upstreamId();
            promptTokens = metering.usage().promptTokens();
            cachedTokens = metering.usage().cachedPromptTokens();
            completionTokens = metering.usage().completionTokens();
            images = metering.usage().images();
            usageSource = metering.source().wireName();
            priceVersion = metering.priceVersion();
        }
    }
}
