package dev.purser.query.admin;

import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.request.PathIds;
import dev.purser.edge.wire.LedgerJson;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.access.TenantDirectory.Organization;
import dev.purser.projection.access.TenantDirectory.Project;
import dev.purser.query.page.Parameters;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Organizations, projects and keys for an operator; from inline tables, so there is nothing to wait for. */
@RestController
@Gate(Gate.Kind.OPERATOR)
public final class TenantController {
    private final TenantDirectory directory;

    public TenantController(TenantDirectory directory) {
        this.directory = directory;
    }

    @GetMapping("/v1/admin/organizations")
    public Map<String, @Nullable Object> organizations(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String offset) {
        return AdminJson.page(
                "organizations",
                directory.organizations(Parameters.limit(limit), Parameters.offset(offset)),
                AdminJson::organization);
    }

    @GetMapping("/v1/admin/organizations/{id}")
    public Map<String, @Nullable Object> organization(@PathVariable String id) {
        return AdminJson.organization(existingOrganization(id));
    }

    @GetMapping("/v1/admin/organizations/{id}/projects")
    public Map<String, @Nullable Object> projects(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String offset) {
        OrganizationId organizationId = existingOrganization(id).id();
        return AdminJson.page(
                "projects",
                directory.projects(organizationId, Parameters.limit(limit), Parameters.offset(offset)),
                AdminJson::project);
    }

    @GetMapping("/v1/admin/projects/{id}")
    public Map<String, @Nullable Object> project(@PathVariable String id) {
        return AdminJson.project(existingProject(id));
    }

    @GetMapping("/v1/admin/projects/{id}/keys")
    public Map<String, @Nullable Object> keys(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String offset) {
        ProjectId projectId = existingProject(id).id();
        return AdminJson.page(
                "keys", directory.keys(projectId, Parameters.limit(limit), Parameters.offset(offset)), LedgerJson::key);
    }

    private Organization existingOrganization(String id) {
        return directory.organization(PathIds.organization(id)).orElseThrow(() -> Problem.notFound("organization"));
    }

    private Project existingProject(String id) {
        return directory.project(PathIds.project(id)).orElseThrow(() -> Problem.notFound("project"));
    }
}
