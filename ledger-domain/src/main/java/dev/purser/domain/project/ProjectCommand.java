package dev.purser.domain.project;

import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import java.time.LocalDate;

/** What can be asked of a project. */
public sealed interface ProjectCommand extends LedgerCommand<ProjectView> {
    ProjectId projectId();

    @Override
    default String streamId() {
        return projectId().value();
    }

    record CreateProject(ProjectId projectId, OrganizationId organizationId, String name, ProjectSettings settings)
            implements ProjectCommand {}

    record RenameProject(ProjectId projectId, String name) implements ProjectCommand {}

    record ChangeProjectSettings(ProjectId projectId, ProjectSettings settings) implements ProjectCommand {}

    record ActivateProject(ProjectId projectId) implements ProjectCommand {}

    /** Its keys and sessions are refused from now on. */
    record DeactivateProject(ProjectId projectId) implements ProjectCommand {}

    /** Counts a credit by the backend against the day's limit. */
    record RecordGrant(ProjectId projectId, Mode mode, Money amount, LocalDate day) implements ProjectCommand {}
}
