package dev.purser.projection.access;

import dev.purser.domain.KeyId;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.project.ProjectSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A platform secret as found by its fingerprint, with the state of all it depends on. */
public record PlatformAccess(
        KeyId keyId,
        OrganizationId organizationId,
        ProjectId projectId,
        Mode mode,
        boolean revoked,
        @Nullable Instant expiresAt,
        boolean projectActive,
        boolean organizationActive,
        ProjectSettings settings) {}
