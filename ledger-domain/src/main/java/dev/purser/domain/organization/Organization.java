package dev.purser.domain.organization;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

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
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;

/** The tenant: while it is not active nothing of it is served. */
public final class Organization {
    @AggregateIdentifier
    private String id;

    private String name = "";
    private boolean active;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    OrganizationView handle(RegisterOrganization command) {
        if (id != null) {
            throw new AlreadyExists("organization").asException();
        }
        apply(new OrganizationRegistered(command.organizationId(), command.name()));
        return view();
    }

    @CommandHandler
    OrganizationView handle(RenameOrganization command) {
        if (!name.equals(command.name())) {
            apply(new OrganizationRenamed(command.name()));
        }
        return view();
    }

    @CommandHandler
    OrganizationView handle(ActivateOrganization command) {
        if (!active) {
            apply(new OrganizationActivated());
        }
        return view();
    }

    @CommandHandler
    OrganizationView handle(DeactivateOrganization command) {
        if (active) {
            apply(new OrganizationDeactivated());
        }
        return view();
    }

    @EventSourcingHandler
    void on(OrganizationEvent event) {
        switch (event) {
            case OrganizationRegistered registered -> {
                id = registered.organizationId().value();
                name = registered.name();
                active = true;
            }
            case OrganizationRenamed renamed -> name = renamed.name();
            case OrganizationActivated _ -> active = true;
            case OrganizationDeactivated _ -> active = false;
        }
    }

    private OrganizationView view() {
        return new OrganizationView(new OrganizationId(id), name, active);
    }
}
