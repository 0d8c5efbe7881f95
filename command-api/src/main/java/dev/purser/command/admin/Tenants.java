package dev.purser.command.admin;

import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.project.ProjectView;
import dev.purser.projection.access.TenantDirectory;
import java.util.Optional;

/** Organizations and projects, current to the last durable event. Thread-safe. */
public interface Tenants {
    Optional<OrganizationView> organization(OrganizationId id);

    Optional<ProjectView> project(ProjectId id);

    static Tenants of(TenantDirectory directory) {
        return new Tenants() {
            @Override
            public Optional<OrganizationView> organization(OrganizationId id) {
                return directory
                        .organization(id)
                        .map(found -> new OrganizationView(found.id(), found.name(), found.active()));
            }

            @Override
            public Optional<ProjectView> project(ProjectId id) {
                return directory
                        .project(id)
                        .map(found -> new ProjectView(
                                found.id(), found.organizationId(), found.name(), found.active(), found.settings()));
            }
        };
    }
}
