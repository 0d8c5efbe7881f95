package dev.purser.projection.access;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.project.ProjectSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session token as found by its fingerprint, with the state of all it depends on.
 *
 * @param tokenGeneration the generation of the token presented; it is superseded when below {@code generation}
 * @param models null: every model
 * @param maxSpend null: no cap but the balance
 */
public record SessionAccess(
        SessionId sessionId,
        WalletId walletId,
        CustomerId customerId,
        OrganizationId organizationId,
        ProjectId projectId,
        Mode mode,
        int tokenGeneration,
        int generation,
        boolean revoked,
        Instant tokenExpiresAt,
        Instant mintedAt,
        @Nullable List<String> models,
        @Nullable Money maxSpend,
        boolean walletFrozen,
        CustomerStatus customerStatus,
        boolean projectActive,
        boolean organizationActive,
        ProjectSettings settings) {}
