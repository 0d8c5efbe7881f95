package dev.purser.domain.organization;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.TopUpId;
import dev.purser.domain.organization.OrganizationCommand.ActivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.DeactivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.organization.OrganizationCommand.LinkStripeAccount;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.organization.OrganizationCommand.RenameOrganization;
import dev.purser.domain.organization.OrganizationEvent.OrganizationActivated;
import dev.purser.domain.organization.OrganizationEvent.OrganizationDeactivated;
import dev.purser.domain.organization.OrganizationEvent.OrganizationRegistered;
import dev.purser.domain.organization.OrganizationEvent.OrganizationRenamed;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsGranted;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsReturned;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsSpent;
import dev.purser.domain.organization.OrganizationEvent.StripeAccountLinked;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The tenant: while it is not active nothing of it is served. */
public final class Organization {
    @AggregateIdentifier
    private String id;

    private String name = "";
    private boolean active;
    private PromotionalCredits promotionalCredits = PromotionalCredits.NONE;
    private @Nullable String stripeAccountId;

    /** An organization before its first event. */
    public Organization() {}

    /** An organization as a snapshot has it. */
    public Organization(OrganizationSnapshot snapshot) {
        id = snapshot.id().value();
        name = snapshot.name();
        active = snapshot.active();
        promotionalCredits = snapshot.promotionalCredits();
        stripeAccountId = snapshot.stripeAccountId();
    }

    /** Everything that the organization's rules read, now. */
    public OrganizationSnapshot snapshot() {
        return new OrganizationSnapshot(new OrganizationId(id), name, active, promotionalCredits, stripeAccountId);
    }

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

    @CommandHandler
    OrganizationView handle(GrantPromotionalCredits command) {
        apply(new PromotionalCreditsGranted(command.amount(), command.expiresAt()));
        return view();
    }

    @CommandHandler
    OrganizationView handle(LinkStripeAccount command) {
        if (stripeAccountId == null) {
            apply(new StripeAccountLinked(command.accountId()));
        }
        return view();
    }

    /** Takes so much of the promotional credits, or all that may be given at that time; answers what it took. */
    public List<PromotionalPortion> spendPromotionalCredits(TopUpId topUpId, Money amount, Instant at) {
        List<PromotionalPortion> spent = promotionalCredits.toSpend(amount, at);
        if (!spent.isEmpty()) {
            apply(new PromotionalCreditsSpent(topUpId, sum(spent), spent));
        }
        return spent;
    }

    public void returnPromotionalCredits(TopUpId topUpId, List<PromotionalPortion> returned) {
        if (!returned.isEmpty()) {
            apply(new PromotionalCreditsReturned(topUpId, sum(returned), returned));
        }
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
            case PromotionalCreditsGranted granted ->
                promotionalCredits =
                        promotionalCredits.plus(List.of(new PromotionalPortion(granted.amount(), granted.expiresAt())));
            case PromotionalCreditsSpent spent -> promotionalCredits = promotionalCredits.minus(spent.portions());
            case PromotionalCreditsReturned returned ->
                promotionalCredits = promotionalCredits.plus(returned.portions());
            case StripeAccountLinked linked -> stripeAccountId = linked.accountId();
        }
    }

    private OrganizationView view() {
        return new OrganizationView(new OrganizationId(id), name, active, promotionalCredits, stripeAccountId);
    }

    private static Money sum(List<PromotionalPortion> portions) {
        return portions.stream().map(PromotionalPortion::amount).reduce(Money.ZERO, Money::plus);
    }
}
