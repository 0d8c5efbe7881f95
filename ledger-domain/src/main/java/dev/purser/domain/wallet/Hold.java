package dev.purser.domain.wallet;

import dev.purser.domain.Money;
import dev.purser.domain.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An open hold. {@code cost} and {@code used} are the figures of its last renewal. */
record Hold(
        Money amount,
        HoldOrigin origin,
        @Nullable SessionId sessionId,
        Instant expiresAt,
        Money cost,
        @Nullable Metering used) {
    Hold renewed(Instant newExpiresAt, Money newCost, @Nullable Metering newUsed) {
        return new Hold(amount, origin, sessionId, newExpiresAt, newCost, newUsed);
    }
}
