package dev.purser.projection.entry;

import static dev.purser.projection.table.ColumnType.BIGINT;
import static dev.purser.projection.table.ColumnType.TEXT;
import static dev.purser.projection.table.ColumnType.TIMESTAMP;

import dev.purser.domain.Money;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.WalletEvent.CreditReinstated;
import dev.purser.domain.wallet.WalletEvent.CreditReversed;
import dev.purser.domain.wallet.WalletEvent.LossRecovered;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.AppendedTable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of {@code projection.ledger_entry}; amounts in nano-dollars. */
record EntryRow(
        ProjectedEvent event,
        EntryType type,
        long amount,
        long balanceAfter,
        @Nullable Long loss,
        @Nullable String description,
        @Nullable UsageDebited bill) {
    static final AppendedTable<EntryRow> TABLE = AppendedTable.<EntryRow>named("ledger_entry")
            .column("wallet_id", TEXT, row -> row.event.stream())
            .column("position", BIGINT, row -> row.event.position())
            .column("entry_id", TEXT, row -> EntryIds.of(row.event.eventId()))
            .column("type", TEXT, row -> row.type.wireName())
            .column("amount", BIGINT, EntryRow::amount)
            .column("balance_after", BIGINT, EntryRow::balanceAfter)
            .column("created_at", TIMESTAMP, row -> row.event.recordedAt())
            .column("description", TEXT, EntryRow::description)
            .column("session_id", TEXT, EntryRow::sessionId)
            .column("request_id", TEXT, EntryRow::requestId)
            .column("model", TEXT, metered(Metering::model))
            .column(
                    "prompt_tokens",
                    BIGINT,
                    metered(metering -> metering.usage().promptTokens()))
            .column(
                    "cached_tokens",
                    BIGINT,
                    metered(metering -> metering.usage().cachedPromptTokens()))
            .column(
                    "completion_tokens",
                    BIGINT,
                    metered(metering -> metering.usage().completionTokens()))
            .column("usage_source", TEXT, metered(metering -> metering.source().wireName()))
            .column("cost", BIGINT, EntryRow::cost)
            .column("loss", BIGINT, EntryRow::loss)
            .build();

    static EntryRow of(ProjectedEvent event, WalletCredited credited, @Nullable String description) {
        return new EntryRow(
                event,
                EntryType.of(credited.kind()),
                credited.amount().nanos(),
                credited.balance().nanos(),
                null,
                description,
                null);
    }

    static EntryRow of(ProjectedEvent event, UsageDebited debited, @Nullable String description) {
        return new EntryRow(
                event,
                EntryType.USAGE_DEBIT,
                Math.negateExact(debited.charged().nanos()),
                debited.balance().nanos(),
                debited.cost().minus(debited.charged()).nanos(),
                description,
                debited);
    }

    /** What the wallet has spent of it already is a loss; of a bonus it was a gift. */
    static EntryRow of(ProjectedEvent event, CreditReversed reversed) {
        Money lost = reversed.kind() == CreditKind.BONUS
                ? Money.ZERO
                : reversed.asked().minus(reversed.reversed());
        return new EntryRow(
                event,
                EntryType.REVERSAL,
                Math.negateExact(reversed.reversed().nanos()),
                reversed.balance().nanos(),
                lost.nanos(),
                null,
                null);
    }

    /** The reversal of a reversal: a loss that it recovers is negative. */
    static EntryRow of(ProjectedEvent event, CreditReinstated reinstated) {
        return new EntryRow(
                event,
                EntryType.REVERSAL,
                reinstated.amount().nanos(),
                reinstated.balance().nanos(),
                Math.negateExact(reinstated.recoveredLoss().nanos()),
                null,
                null);
    }

    /** The rest of a reversal: what it takes now is no loss any more. */
    static EntryRow of(ProjectedEvent event, LossRecovered recovered) {
        long taken = Math.negateExact(recovered.amount().nanos());
        return new EntryRow(
                event, EntryType.REVERSAL, taken, recovered.balance().nanos(), taken, null, null);
    }

    private @Nullable String sessionId() {
        return bill == null || bill.sessionId() == null
                ? null
                : bill.sessionId().value();
    }

    /** Only a gateway's bill counts to a session, and only a gateway's bill has a receipt. */
    private @Nullable String requestId() {
        return bill == null || bill.sessionId() == null ? null : bill.id().value();
    }

    private @Nullable Long cost() {
        return bill == null ? null : bill.cost().nanos();
    }

    private static Function<EntryRow, @Nullable Object> metered(Function<Metering, Object> value) {
        return row -> {
            Metering metering = row.bill == null ? null : row.bill.metering();
            return metering == null ? null : value.apply(metering);
        };
    }
}
