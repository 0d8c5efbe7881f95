package dev.purser.domain.organization;

import static dev.purser.domain.Fixtures.rejected;

import dev.purser.domain.Fixtures;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.organization.OrganizationCommand.ActivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.DeactivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.organization.OrganizationCommand.RenameOrganization;
import dev.purser.domain.organization.OrganizationEvent.OrganizationActivated;
import dev.purser.domain.organization.OrganizationEvent.OrganizationDeactivated;
import dev.purser.domain.organization.OrganizationEvent.OrganizationRegistered;
import dev.purser.domain.organization.OrganizationEvent.OrganizationRenamed;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Test;

class OrganizationTest {
    private static final OrganizationId ID = new OrganizationId("org1");
    private static final OrganizationRegistered REGISTERED = new OrganizationRegistered(ID, "Acme");

    @Test
    void isActiveFromTheStart() {
        Fixtures.of(Organization.class)
                .givenNoPriorActivity()
                .when(new RegisterOrganization(ID, "Acme"))
                .expectEvents(REGISTERED)
                .expectResultMessagePayload(new OrganizationView(ID, "Acme", true));
    }

    @Test
    void refusesToBeRegisteredTwice() {
        given(REGISTERED)
                .when(new RegisterOrganization(ID, "Acme"))
                .expectException(rejected(new AlreadyExists("organization")));
    }

    @Test
    void recordsOnlyWhatChanges() {
        given(REGISTERED).when(new RenameOrganization(ID, "Acme")).expectNoEvents();
        given(REGISTERED).when(new RenameOrganization(ID, "Apex")).expectEvents(new OrganizationRenamed("Apex"));
        given(REGISTERED).when(new ActivateOrganization(ID)).expectNoEvents();
        given(REGISTERED).when(new DeactivateOrganization(ID)).expectEvents(new OrganizationDeactivated());
        given(REGISTERED, new OrganizationDeactivated())
                .when(new DeactivateOrganization(ID))
                .expectNoEvents()
                .expectResultMessagePayload(new OrganizationView(ID, "Acme", false));
        given(REGISTERED, new OrganizationDeactivated())
                .when(new ActivateOrganization(ID))
                .expectEvents(new OrganizationActivated());
    }

    private static TestExecutor<Organization> given(Object... events) {
        return Fixtures.of(Organization.class).given(events);
    }
}
