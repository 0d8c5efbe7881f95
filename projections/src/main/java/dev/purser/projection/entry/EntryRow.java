package dev.purser.projection.entry;

import dev.purser.domain.Sealed;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.projection.engine.ProjectedEvent;
import org.jspecify.annotations.Nullable;

/** A row of {@code projection.ledger_entry} to be inserted; amounts in nano-dollars. */
record EntryRow(
        ProjectedEvent event,
        EntryType type,
        long amount,
        long balanceAfter,
        @Nullable Sealed text,
        @Nullable UsageDebited bill) {
    static EntryRow of(ProjectedEvent event, WalletCredited credited) {
        return new EntryRow(
                event,
                EntryType.of(credited.kind()),
                credited.amount().nanos(),
                credited.balance().nanos(),
                credited.reason(),
                null);
    }

    static EntryRow of(ProjectedEvent event, UsageDebited debited) {
        return new EntryRow(
                event,
                EntryType.USAGE_DEBIT,
                Math.negateExact(debited.charged().nanos()),
                debited.balance().nanos(),
                debited.description(),
                debited);
    }

    @Nullable
    String sessionId() {
        return bill == null || bill.sessionId() == null
                ? null
                : bill.sessionId().value();
    }

    /** Only a gateway's bill counts to a session, and only a gateway's bill has a receipt. */
    @Nullable
    String requestId() {
        return bill == null || bill.sessionId() == null ? null : bill.id().value();
    }

    @Nullable
    Metering metering() {
        return bill == null ? null : bill.metering();
    }

    @Nullable
    Long cost() {
        return bill == null ? null : bill.cost().nanos();
    }

    @Nullable
    Long loss() {
        return bill == null ? null : bill.cost().minus(bill.charged()).nanos();
    }
}
