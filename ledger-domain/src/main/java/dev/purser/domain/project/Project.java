package dev.purser.domain.project;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.purser.domain.FromFirstEvent;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.project.ProjectCommand.ActivateProject;
import dev.purser.domain.project.ProjectCommand.ChangeProjectSettings;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectCommand.DeactivateProject;
import dev.purser.domain.project.ProjectCommand.RecordGrant;
import dev.purser.domain.project.ProjectCommand.RenameProject;
import dev.purser.domain.project.ProjectEvent.GrantRecorded;
import dev.purser.domain.project.ProjectEvent.ProjectActivated;
import dev.purser.domain.project.ProjectEvent.ProjectCreated;
import dev.purser.domain.project.ProjectEvent.ProjectDeactivated;
import dev.purser.domain.project.ProjectEvent.ProjectRenamed;
import dev.purser.domain.project.ProjectEvent.ProjectSettingsChanged;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;

/** Settings of a project, and what its backend has granted today. */
public final class Project {
    @AggregateIdentifier
    private String id;

    @FromFirstEvent
    private OrganizationId organizationId;

    private String name = "";
    private boolean active;
    private ProjectSettings settings = ProjectSettings.DEFAULTS;
    private final GrantCounters grants = new GrantCounters();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    ProjectView handle(CreateProject command) {
        if (id != null) {
            throw new AlreadyExists("project").asException();
        }
        apply(new ProjectCreated(command.projectId(), command.organizationId(), command.name(), command.settings()));
        return view();
    }

    @CommandHandler
    ProjectView handle(RenameProject command) {
        if (!name.equals(command.name())) {
            apply(new ProjectRenamed(command.name()));
        }
        return view();
    }

    @CommandHandler
    ProjectView handle(ChangeProjectSettings command) {
        if (!settings.equals(command.settings())) {
            apply(new ProjectSettingsChanged(command.settings()));
        }
        return view();
    }

    @CommandHandler
    ProjectView handle(ActivateProject command) {
        if (!active) {
            apply(new ProjectActivated());
        }
        return view();
    }

    @CommandHandler
    ProjectView handle(DeactivateProject command) {
        if (active) {
            apply(new ProjectDeactivated());
        }
        return view();
    }

    @CommandHandler
    public ProjectView handle(RecordGrant command) {
        grants.require(command.mode(), command.amount(), command.day(), settings.dailyGrantLimit());
        apply(new GrantRecorded(command.mode(), command.amount(), command.day()));
        return view();
    }

    /** The settings as they are now. */
    public ProjectSettings settings() {
        return settings;
    }

    @EventSourcingHandler
    void on(ProjectEvent event) {
        switch (event) {
            case ProjectCreated created -> {
                id = created.projectId().value();
                organizationId = created.organizationId();
                name = created.name();
                settings = created.settings();
                active = true;
            }
            case ProjectRenamed renamed -> name = renamed.name();
            case ProjectSettingsChanged changed -> settings = changed.settings();
            case ProjectActivated _ -> active = true;
            case ProjectDeactivated _ -> active = false;
            case GrantRecorded grant -> grants.add(grant.mode(), grant.amount(), grant.day());
        }
    }

    private ProjectView view() {
        return new ProjectView(new ProjectId(id), organizationId, name, active, settings);
    }
}
