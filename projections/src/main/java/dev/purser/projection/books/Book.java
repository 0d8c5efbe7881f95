package dev.purser.projection.books;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.margin.MarginEvent.MarginAccountOpened;
import dev.purser.domain.payout.PayoutEvent.PayoutRequested;
import dev.purser.domain.topup.TopUpEvent.TopUpQuoted;
import dev.purser.domain.wallet.WalletEvent.WalletOpened;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.AppendedTable;
import dev.purser.projection.table.ColumnType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whose books a stream's postings belong to, a row of {@code projection.book}. */
record Book(
        String stream,
        OrganizationId organizationId,
        Mode mode,
        boolean ofWallet,
        Instant openedAt,
        long openedPosition) {
    static final AppendedTable<Book> TABLE = AppendedTable.<Book>named("book")
            .column("stream", ColumnType.TEXT, Book::stream)
            .column("organization_id", ColumnType.TEXT, book -> book.organizationId.value())
            .column("mode", ColumnType.TEXT, book -> book.mode.wireName())
            .column("of_wallet", ColumnType.BOOLEAN, Book::ofWallet)
            .column("opened_at", ColumnType.TIMESTAMP, Book::openedAt)
            .column("opened_position", ColumnType.BIGINT, Book::openedPosition)
            .build();

    /** Null unless the event opens a stream whose events post. */
    static @Nullable Book openedBy(ProjectedEvent event) {
        return switch (event.payload()) {
            case WalletOpened opened -> of(event, opened.organizationId(), opened.mode(), true);
            case TopUpQuoted quoted -> of(event, quoted.organizationId(), quoted.mode(), false);
            case MarginAccountOpened opened -> of(event, opened.organizationId(), opened.mode(), false);
            case PayoutRequested requested -> of(event, requested.organizationId(), Mode.LIVE, false);
            default -> null;
        };
    }

    private static Book of(ProjectedEvent event, OrganizationId organizationId, Mode mode, boolean ofWallet) {
        return new Book(event.stream(), organizationId, mode, ofWallet, event.recordedAt(), event.position());
    }
}
