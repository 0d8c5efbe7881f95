package dev.purser.domain.organization;

import dev.purser.domain.OrganizationId;

/** What happened to an organization. */
public sealed interface OrganizationEvent {
    record OrganizationRegistered(OrganizationId organizationId, String name) implements OrganizationEvent {}

    record OrganizationRenamed(String name) implements OrganizationEvent {}

    record OrganizationActivated() implements OrganizationEvent {}

    record OrganizationDeactivated() implements OrganizationEvent {}
}
