package dev.purser.projection.entry;

import dev.purser.domain.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a wallet's account statement.
 *
 * @param amount negative where the wallet paid
 * @param usage null unless the entry is a metered bill
 */
public record LedgerEntry(
        String id,
        long position,
        EntryType type,
        Money amount,
        Money balanceAfter,
        Instant createdAt,
        @Nullable String description,
        @Nullable String sessionId,
        @Nullable String requestId,
        @Nullable MeteredUsage usage,
        @Nullable Money cost,
        @Nullable Money loss) {
    /** What was used, of which model, and where the figures come from. */
    public record MeteredUsage(
            String model, long promptTokens, long cachedTokens, long completionTokens, String source) {}
}
