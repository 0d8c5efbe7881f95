package dev.purser.domain.organization;

import dev.purser.domain.LedgerCommand;
import dev.purser.domain.OrganizationId;

/** What can be asked of an organization. */
public sealed interface OrganizationCommand extends LedgerCommand<OrganizationView> {
    OrganizationId organizationId();

    @Override
    default String streamId() {
        return organizationId().value();
    }

    record RegisterOrganization(OrganizationId organizationId, String name) implements OrganizationCommand {}

    record RenameOrganization(OrganizationId organizationId, String name) implements OrganizationCommand {}

    record ActivateOrganization(OrganizationId organizationId) implements OrganizationCommand {}

    /** All its keys and sessions are refused from now on. */
    record DeactivateOrganization(OrganizationId organizationId) implements OrganizationCommand {}
}
