package dev.purser.domain.key;

import dev.purser.domain.Fingerprint;
import dev.purser.domain.KeyId;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be asked of a key. */
public sealed interface KeyCommand extends LedgerCommand<KeyView> {
    KeyId keyId();

    @Override
    default String streamId() {
        return keyId().value();
    }

    /** Makes a key known by its fingerprint; {@code preview} is the masked token that lists show. */
    record CreateKey(
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
            implements KeyCommand {
        public CreateKey {
            boolean complete = switch (kind) {
                case PLATFORM -> organizationId != null && projectId != null && mode != null;
                case AUDITOR -> organizationId != null && projectId == null && mode == null;
                case OPERATOR -> organizationId == null && projectId == null && mode == null;
            };
            if (!complete) {
                throw new IllegalArgumentException("a " + kind + " key with the wrong owner");
            }
        }
    }

    /** The key is refused from now on, on every node. */
    record RevokeKey(KeyId keyId) implements KeyCommand {}
}
