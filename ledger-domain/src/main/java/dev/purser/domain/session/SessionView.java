package dev.purser.domain.session;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import java.time.Instant;

/** A session as its stream has it; {@code expiresAt} is that of the token just issued. */
public record SessionView(
        SessionId id,
        WalletId walletId,
        CustomerId customerId,
        Mode mode,
        int generation,
        boolean revoked,
        Instant expiresAt) {}
