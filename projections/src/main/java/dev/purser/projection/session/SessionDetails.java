package dev.purser.projection.session;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A session and its spend so far; {@code maxSpend} null: no cap but the balance. */
public record SessionDetails(
        SessionId id,
        CustomerId customerId,
        WalletId walletId,
        Mode mode,
        Instant mintedAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        Money spend,
        @Nullable Money maxSpend) {}
