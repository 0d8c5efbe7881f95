package dev.purser.projection.access;

import static dev.purser.projection.access.AccessTables.ORGANIZATION;
import static dev.purser.projection.access.AccessTables.PROJECT;

import dev.purser.domain.organization.OrganizationEvent;
import dev.purser.domain.organization.OrganizationEvent.OrganizationActivated;
import dev.purser.domain.organization.OrganizationEvent.OrganizationDeactivated;
import dev.purser.domain.organization.OrganizationEvent.OrganizationRegistered;
import dev.purser.domain.organization.OrganizationEvent.OrganizationRenamed;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsGranted;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsReturned;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsSpent;
import dev.purser.domain.organization.OrganizationEvent.StripeAccountLinked;
import dev.purser.domain.project.ProjectEvent;
import dev.purser.domain.project.ProjectEvent.GrantRecorded;
import dev.purser.domain.project.ProjectEvent.ProjectActivated;
import dev.purser.domain.project.ProjectEvent.ProjectCreated;
import dev.purser.domain.project.ProjectEvent.ProjectDeactivated;
import dev.purser.domain.project.ProjectEvent.ProjectRenamed;
import dev.purser.domain.project.ProjectEvent.ProjectSettingsChanged;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.eventstore.inline.InlineTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Organizations and projects: whether they are active, and their settings. */
final class TenantRows {
    private TenantRows() {}

    static List<InlineRow> of(String stream, OrganizationEvent event, Instant at) {
        return switch (event) {
            case OrganizationRegistered registered ->
                List.of(ORGANIZATION.claim(registered.organizationId().value(), registered.name(), true, at, null));
            case OrganizationRenamed renamed -> List.of(change(ORGANIZATION, stream, "name", renamed.name()));
            case OrganizationActivated _ -> List.of(change(ORGANIZATION, stream, "active", true));
            case OrganizationDeactivated _ -> List.of(change(ORGANIZATION, stream, "active", false));
            case StripeAccountLinked linked ->
                List.of(change(ORGANIZATION, stream, "stripe_account_id", linked.accountId()));
            case PromotionalCreditsGranted _, PromotionalCreditsSpent _, PromotionalCreditsReturned _ -> List.of();
        };
    }

    static List<InlineRow> of(String stream, ProjectEvent event, Instant at) {
        return switch (event) {
            case ProjectCreated created ->
                List.of(PROJECT.claim(
                        created.projectId().value(),
                        created.organizationId().value(),
                        created.name(),
                        true,
                        AccessJson.settings(created.settings()),
                        at));
            case ProjectRenamed renamed -> List.of(change(PROJECT, stream, "name", renamed.name()));
            case ProjectSettingsChanged changed ->
                List.of(change(PROJECT, stream, "settings", AccessJson.settings(changed.settings())));
            case ProjectActivated _ -> List.of(change(PROJECT, stream, "active", true));
            case ProjectDeactivated _ -> List.of(change(PROJECT, stream, "active", false));
            case GrantRecorded _ -> List.of();
        };
    }

    static InlineRow change(InlineTable table, String key, String column, Object value) {
        return table.update(List.of(key), Map.of(column, value));
    }
}
