package dev.purser.domain.project;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import java.time.LocalDate;

/** What happened to a project. */
public sealed interface ProjectEvent {
    record ProjectCreated(ProjectId projectId, OrganizationId organizationId, String name, ProjectSettings settings)
            implements ProjectEvent {}

    record ProjectRenamed(String name) implements ProjectEvent {}

    /** The settings as they are from now on, whole. */
    record ProjectSettingsChanged(ProjectSettings settings) implements ProjectEvent {}

    record ProjectActivated() implements ProjectEvent {}

    record ProjectDeactivated() implements ProjectEvent {}

    /** The backend credited a wallet; the day is UTC. */
    record GrantRecorded(Mode mode, Money amount, LocalDate day) implements ProjectEvent {}
}
