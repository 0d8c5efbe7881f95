package dev.purser.domain.key;

import dev.purser.domain.KeyId;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key as its stream has it; never the token. */
public record KeyView(
        KeyId id,
        KeyKind kind,
        @Nullable OrganizationId organizationId,
        @Nullable ProjectId projectId,
        @Nullable Mode mode,
        String name,
        String preview,
        boolean revoked,
        @Nullable Instant expiresAt,
        Instant createdAt) {}
