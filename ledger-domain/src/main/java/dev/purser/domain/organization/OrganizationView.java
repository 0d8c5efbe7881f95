package dev.purser.domain.organization;

import dev.purser.domain.OrganizationId;

/** An organization as its stream has it. */
public record OrganizationView(OrganizationId id, String name, boolean active) {}
