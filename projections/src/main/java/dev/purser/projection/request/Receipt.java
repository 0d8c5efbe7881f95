package dev.purser.projection.request;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is on record of one metered call.
 *
 * @param bill null until it is settled
 */
public record Receipt(
        String requestId,
        ProjectId projectId,
        Mode mode,
        WalletId walletId,
        @Nullable String sessionId,
        RequestStatus status,
        @Nullable String model,
        Money held,
        long heldPosition,
        Instant heldAt,
        Instant expiresAt,
        @Nullable Long closedPosition,
        @Nullable Instant closedAt,
        @Nullable Bill bill) {
    /** What the call cost; {@code usage} null where nothing was metered. */
    public record Bill(
            Money cost,
            Money charged,
            String entryId,
            @Nullable Metered usage) {
        public Money loss() {
            return cost.minus(charged);
        }
    }

    /** What the call used, and by which prices anyone can compute the bill again. */
    public record Metered(
            @Nullable String provider,
            @Nullable String upstreamId,
            long promptTokens,
            long cachedTokens,
            long completionTokens,
            int images,
            String source,
            int priceVersion) {}
}
