package dev.purser.projection.margin;

import dev.purser.domain.Money;
import dev.purser.domain.PayoutId;
import dev.purser.domain.TopUpId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a margin account's statement.
 *
 * @param amount signed
 * @param position of the event in the log: where a page ends
 */
public record MarginEntry(
        String id,
        Type type,
        Money amount,
        Money balanceAfter,
        @Nullable TopUpId topUpId,
        @Nullable PayoutId payoutId,
        Instant createdAt,
        long position) {
    /** Why the balance changed. */
    public enum Type {
        ACCRUAL("accrual"),
        CLAWBACK("clawback"),
        PAYOUT("payout"),
        PAYOUT_RESTORED("payout_restored");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
