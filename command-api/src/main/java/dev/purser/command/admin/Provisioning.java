package dev.purser.command.admin;

import dev.purser.command.secret.NewTokens;
import dev.purser.domain.Ledger;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.key.KeyView;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.project.ProjectView;
import dev.purser.eventstore.secret.Ids;
import java.time.Clock;

/** Makes what an installation starts with, without HTTP: for the bootstrap command and the demo. Thread-safe. */
public final class Provisioning {
    private final Ledger ledger;
    private final NewTokens tokens;
    private final Clock clock;
    private final Cause cause;

    /** A key as it was made; the secret is nowhere else. */
    public record IssuedKey(KeyView key, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return key.preview();
        }
    }

    /** @param actor who does it, as the events will say; such as {@code bootstrap} */
    public Provisioning(Ledger ledger, NewTokens tokens, Clock clock, String actor) {
        this.ledger = ledger;
        this.tokens = tokens;
        this.clock = clock;
        this.cause = new Cause(actor, Ids.next("req"));
    }

    public OrganizationView organization(String name) {
        return ledger.send(new RegisterOrganization(new OrganizationId(Ids.next("org")), name), cause);
    }

    /** Without an end. */
    public OrganizationView promotionalCredits(OrganizationId organizationId, Money amount) {
        return ledger.send(new GrantPromotionalCredits(organizationId, amount, null), cause);
    }

    public ProjectView project(OrganizationId organizationId, String name, ProjectSettings settings) {
        return ledger.send(new CreateProject(new ProjectId(Ids.next("prj")), organizationId, name, settings), cause);
    }

    public IssuedKey platformKey(ProjectView project, Mode mode, String name) {
        return issue(
                NewKey.platform(tokens, project.organizationId(), project.id(), mode, name, null, clock.instant()));
    }

    public IssuedKey auditorKey(OrganizationId organizationId, String name) {
        return issue(NewKey.auditor(tokens, organizationId, name, null, clock.instant()));
    }

    public IssuedKey operatorKey(String name) {
        return issue(NewKey.operator(tokens, name, clock.instant()));
    }

    private IssuedKey issue(NewKey key) {
        return new IssuedKey(ledger.send(key.command(), cause), key.secret());
    }
}
