package dev.purser.projection.access;

import dev.purser.domain.customer.CustomerEvent;
import dev.purser.domain.key.KeyEvent;
import dev.purser.domain.organization.OrganizationEvent;
import dev.purser.domain.project.ProjectEvent;
import dev.purser.domain.session.SessionEvent;
import dev.purser.domain.wallet.WalletEvent;
import dev.purser.eventstore.inline.InlineProjector;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.eventstore.inline.NewEvent;
import java.util.List;

/** Derives the rows of this package's inline tables from the ledger's events. */
public final class AccessProjector implements InlineProjector {
    @Override
    public List<InlineRow> rowsOf(NewEvent event) {
        String stream = event.stream();
        return switch (event.payload()) {
            case WalletEvent wallet -> WalletRows.of(stream, wallet);
            case SessionEvent session -> SessionRows.of(stream, session);
            case CustomerEvent customer -> CustomerRows.of(stream, customer);
            case KeyEvent key -> KeyRows.of(stream, key);
            case ProjectEvent project -> TenantRows.of(stream, project, event.occurredAt());
            case OrganizationEvent organization -> TenantRows.of(stream, organization, event.occurredAt());
            default -> List.of();
        };
    }
}
