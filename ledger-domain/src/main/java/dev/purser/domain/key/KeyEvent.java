package dev.purser.domain.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.Fingerprint;
import dev.purser.domain.KeyId;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a key. */
public sealed interface KeyEvent {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyCreated(
            KeyId keyId,
            KeyKind kind,
            @Nullable OrganizationId organizationId,
            @Nullable ProjectId projectId,
            @Nullable Mode mode,
            String name,
            Fingerprint fingerprint,
            String preview,
            @Nullable Instant expiresAt,
            Instant at)
            implements KeyEvent {}

    record KeyRevoked() implements KeyEvent {}
}
