package dev.purser.domain.project;

import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;

/** A project as its stream has it. */
public record ProjectView(
        ProjectId id, OrganizationId organizationId, String name, boolean active, ProjectSettings settings) {}
