package dev.purser.command.admin;

import dev.purser.domain.Ledger;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.project.ProjectCommand;
import dev.purser.domain.project.ProjectCommand.ActivateProject;
import dev.purser.domain.project.ProjectCommand.ChangeProjectSettings;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectCommand.DeactivateProject;
import dev.purser.domain.project.ProjectCommand.RenameProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.project.ProjectView;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.Answers;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import dev.purser.edge.request.PathIds;
import dev.purser.edge.wire.LedgerJson;
import dev.purser.eventstore.secret.Ids;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Projects and their settings. */
@RestController
@Gate(Kind.OPERATOR)
public final class ProjectController {
    private final Idempotency idempotency;
    private final Ledger ledger;
    private final Tenants tenants;

    public ProjectController(Idempotency idempotency, Ledger ledger, Tenants tenants) {
        this.idempotency = idempotency;
        this.ledger = ledger;
        this.tenants = tenants;
    }

    @PostMapping("/v1/admin/organizations/{id}/projects")
    ResponseEntity<byte[]> create(@PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            OrganizationId organizationId = PathIds.organization(id);
            if (tenants.organization(organizationId).isEmpty()) {
                throw Problem.notFound("organization");
            }
            Fields fields = call.fields();
            String name = AdminFields.name(fields);
            ProjectSettings settings = SettingsPatch.apply(ProjectSettings.DEFAULTS, SettingsPatch.in(fields));
            ProjectId projectId = new ProjectId(Ids.next("prj"));
            return commands.answer(
                    AdminFields.CREATED,
                    new CreateProject(projectId, organizationId, name, settings),
                    LedgerJson::project);
        });
    }

    @PatchMapping("/v1/admin/projects/{id}")
    ResponseEntity<byte[]> change(@PathVariable String id, Call call) {
        ProjectView project = tenants.project(PathIds.project(id)).orElseThrow(() -> Problem.notFound("project"));
        Fields fields = call.fields();
        String name = AdminFields.optionalName(fields);
        Boolean active = fields.optionalFlag("active");
        Fields changes = SettingsPatch.in(fields);
        ProjectSettings settings = SettingsPatch.apply(project.settings(), changes);
        if (name != null) {
            project = ledger.send(new RenameProject(project.id(), name), call.cause());
        }
        if (SettingsPatch.changes(changes)) {
            project = ledger.send(new ChangeProjectSettings(project.id(), settings), call.cause());
        }
        if (active != null) {
            project = ledger.send(activity(project.id(), active), call.cause());
        }
        return Answers.json(200, LedgerJson.project(project));
    }

    private static ProjectCommand activity(ProjectId id, boolean active) {
        return active ? new ActivateProject(id) : new DeactivateProject(id);
    }
}
