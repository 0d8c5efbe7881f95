package dev.purser.projection.access;

import static dev.purser.projection.access.AccessTables.SESSION;
import static dev.purser.projection.access.AccessTables.SESSION_TOKEN;

import dev.purser.domain.session.SessionEvent;
import dev.purser.domain.session.SessionEvent.SessionMinted;
import dev.purser.domain.session.SessionEvent.SessionRefreshed;
import dev.purser.domain.session.SessionEvent.SessionRevoked;
import dev.purser.eventstore.inline.InlineRow;
import java.util.List;

/** Sessions with their current generation, and all tokens ever issued for them. */
final class SessionRows {
    private SessionRows() {}

    static List<InlineRow> of(String stream, SessionEvent event) {
        return switch (event) {
            case SessionMinted minted ->
                List.of(
                        SESSION.claim(
                                minted.sessionId().value(),
                                minted.walletId().value(),
                                minted.customerId().value(),
                                minted.organizationId().value(),
                                minted.projectId().value(),
                                minted.mode().wireName(),
                                0,
                                false,
                                minted.mintedAt(),
                                AccessJson.models(minted.models()),
                                minted.maxSpend() == null
                                        ? null
                                        : minted.maxSpend().nanos()),
                        SESSION_TOKEN.claim(minted.token().hex(), stream, 0, minted.expiresAt()));
            case SessionRefreshed refreshed ->
                List.of(
                        TenantRows.change(SESSION, stream, "generation", refreshed.generation()),
                        SESSION_TOKEN.claim(
                                refreshed.token().hex(), stream, refreshed.generation(), refreshed.expiresAt()));
            case SessionRevoked _ -> List.of(TenantRows.change(SESSION, stream, "revoked", true));
        };
    }
}
