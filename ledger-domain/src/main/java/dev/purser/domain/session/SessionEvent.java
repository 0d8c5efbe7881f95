package dev.purser.domain.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Fingerprint;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a session. */
public sealed interface SessionEvent {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SessionMinted(
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
            Instant mintedAt,
            Instant expiresAt)
            implements SessionEvent {}

    /** A token of {@code generation}: the first of it supersedes the generation before, later ones are its siblings. */
    record SessionRefreshed(int generation, Fingerprint token, Instant refreshedAt, Instant expiresAt)
            implements SessionEvent {}

    record SessionRevoked() implements SessionEvent {}
}
