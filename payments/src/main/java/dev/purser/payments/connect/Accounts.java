package dev.purser.payments.connect;

import dev.purser.domain.OrganizationId;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.access.TenantDirectory.Organization;
import java.util.Optional;

/** The one account that an organization has at Stripe, current to the last durable event. Thread-safe. */
public final class Accounts {
    private final TenantDirectory directory;

    public Accounts(TenantDirectory directory) {
        this.directory = directory;
    }

    public Optional<String> of(OrganizationId organizationId) {
        return directory.organization(organizationId).map(Organization::stripeAccountId);
    }

    /** Empty for an organization that is not active. */
    public Optional<String> ofActive(OrganizationId organizationId) {
        return directory
                .organization(organizationId)
                .filter(Organization::active)
                .map(Organization::stripeAccountId);
    }
}
