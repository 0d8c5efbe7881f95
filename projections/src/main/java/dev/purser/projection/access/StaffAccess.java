package dev.purser.projection.access;

import dev.purser.domain.KeyId;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.key.KeyKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An operator's or auditor's key as found by its fingerprint. */
public record StaffAccess(
        KeyId keyId,
        KeyKind kind,
        @Nullable OrganizationId organizationId,
        boolean revoked,
        @Nullable Instant expiresAt) {}
