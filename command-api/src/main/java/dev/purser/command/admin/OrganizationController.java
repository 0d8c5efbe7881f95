package dev.purser.command.admin;

import dev.purser.domain.Ledger;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.organization.OrganizationCommand;
import dev.purser.domain.organization.OrganizationCommand.ActivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.DeactivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.organization.OrganizationCommand.RenameOrganization;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.Answers;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import dev.purser.edge.request.PathIds;
import dev.purser.edge.wire.LedgerJson;
import dev.purser.eventstore.secret.Ids;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/admin/organizations}. */
@RestController
@Gate(Kind.OPERATOR)
public final class OrganizationController {
    private final Idempotency idempotency;
    private final Ledger ledger;
    private final Tenants tenants;

    public OrganizationController(Idempotency idempotency, Ledger ledger, Tenants tenants) {
        this.idempotency = idempotency;
        this.ledger = ledger;
        this.tenants = tenants;
    }

    @PostMapping("/v1/admin/organizations")
    ResponseEntity<byte[]> create(Call call) {
        return idempotency.answer(call, commands -> {
            Fields fields = call.fields();
            String name = AdminFields.name(fields);
            fields.verify();
            OrganizationId id = new OrganizationId(Ids.next("org"));
            return commands.answer(AdminFields.CREATED, new RegisterOrganization(id, name), LedgerJson::organization);
        });
    }

    @PatchMapping("/v1/admin/organizations/{id}")
    ResponseEntity<byte[]> change(@PathVariable String id, Call call) {
        OrganizationView organization =
                tenants.organization(PathIds.organization(id)).orElseThrow(() -> Problem.notFound("organization"));
        Fields fields = call.fields();
        String name = AdminFields.optionalName(fields);
        Boolean active = fields.optionalFlag("active");
        fields.verify();
        if (name != null) {
            organization = ledger.send(new RenameOrganization(organization.id(), name), call.cause());
        }
        if (active != null) {
            organization = ledger.send(activity(organization.id(), active), call.cause());
        }
        return Answers.json(200, LedgerJson.organization(organization));
    }

    private static OrganizationCommand activity(OrganizationId id, boolean active) {
        return active ? new ActivateOrganization(id) : new DeactivateOrganization(id);
    }
}
