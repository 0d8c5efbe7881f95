package dev.purser.projection.access;

import static dev.purser.projection.access.AccessTables.KEY;
import static dev.purser.projection.access.AccessTables.KEY_FINGERPRINT;

import dev.purser.domain.key.KeyEvent;
import dev.purser.domain.key.KeyEvent.KeyCreated;
import dev.purser.domain.key.KeyEvent.KeyRevoked;
import dev.purser.eventstore.inline.InlineRow;
import java.util.List;

/** Keys of every kind, found by their fingerprint. */
final class KeyRows {
    private KeyRows() {}

    static List<InlineRow> of(String stream, KeyEvent event) {
        return switch (event) {
            case KeyCreated created ->
                List.of(
                        KEY.claim(
                                created.keyId().value(),
                                created.kind().name(),
                                created.organizationId() == null
                                        ? null
                                        : created.organizationId().value(),
                                created.projectId() == null
                                        ? null
                                        : created.projectId().value(),
                                created.mode() == null ? null : created.mode().wireName(),
                                created.name(),
                                created.preview(),
                                false,
                                created.expiresAt(),
                                created.at()),
                        KEY_FINGERPRINT.claim(
                                created.fingerprint().hex(), created.keyId().value()));
            case KeyRevoked _ -> List.of(TenantRows.change(KEY, stream, "revoked", true));
        };
    }
}
