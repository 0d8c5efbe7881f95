package dev.purser.domain.session;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Fingerprint;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of a session. */
public sealed interface SessionCommand extends LedgerCommand<SessionView> {
    SessionId sessionId();

    @Override
    default String streamId() {
        return sessionId().value();
    }

    /**
     * Starts a session.
     *
     * @param models null: every model; never empty
     * @param maxSpend null: no cap but the wallet's balance
     * @param ttlSeconds how long each generation of the token lives, 60…3600
     */
    record MintSession(
            SessionId sessionId,
            WalletId walletId,
            CustomerId customerId,
            OrganizationId organizationId,
            ProjectId projectId,
            Mode mode,
            Fingerprint token,
            @Nullable List<String> models,
            @Nullable Money maxSpend,
            int ttlSeconds,
            Instant at)
            implements SessionCommand {
        public static final int MIN_TTL_SECONDS = 60;
        public static final int MAX_TTL_SECONDS = 3_600;
        public static final int DEFAULT_TTL_SECONDS = 900;

        public MintSession {
            models = models == null ? null : List.copyOf(models);
            if (models != null && models.isEmpty()) {
                throw new IllegalArgumentException("an empty list of models must not mean every model");
            }
            if (ttlSeconds < MIN_TTL_SECONDS || ttlSeconds > MAX_TTL_SECONDS) {
                throw new IllegalArgumentException("ttlSeconds is out of range: " + ttlSeconds);
            }
        }
    }

    /** Exchanges a token for one of the newest generation; {@code presented} is the generation of the old token. */
    record RefreshSession(SessionId sessionId, int presented, Fingerprint token, Instant at)
            implements SessionCommand {}

    /** The session's tokens are refused from now on, on every node; calls under way finish. */
    record RevokeSession(SessionId sessionId) implements SessionCommand {}
}
