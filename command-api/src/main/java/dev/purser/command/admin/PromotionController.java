package dev.purser.command.admin;

import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.organization.PromotionalPortion;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import dev.purser.edge.request.PathIds;
import dev.purser.edge.wire.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an organization may give its customers as bonuses on live top-ups. */
@RestController
@Gate(Kind.OPERATOR)
public final class PromotionController {
    private final Idempotency idempotency;
    private final Tenants tenants;
    private final Clock clock;

    public PromotionController(Idempotency idempotency, Tenants tenants, Clock clock) {
        this.idempotency = idempotency;
        this.tenants = tenants;
        this.clock = clock;
    }

    @PostMapping("/v1/admin/organizations/{id}/promotional-credits")
    ResponseEntity<byte[]> grant(@PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            OrganizationId organizationId = tenants.organization(PathIds.organization(id))
                    .orElseThrow(() -> Problem.notFound("organization"))
                    .id();
            Fields fields = call.fields();
            Money amount = fields.amount("amount", Fields.MAX_LIMIT);
            Instant expiresAt = fields.optionalTime("expiresAt");
            if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
                fields.refuse("expiresAt", "must be in the future");
            }
            fields.verify();
            return commands.answer(
                    AdminFields.CREATED, new GrantPromotionalCredits(organizationId, amount, expiresAt), this::json);
        });
    }

    private Map<String, @Nullable Object> json(OrganizationView organization) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("organizationId", organization.id().value());
        json.put(
                "available",
                organization.promotionalCredits().availableAt(clock.instant()).toString());
        json.put(
                "portions",
                organization.promotionalCredits().portions().stream()
                        .map(PromotionController::json)
                        .toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(PromotionalPortion portion) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("amount", portion.amount().toString());
        json.put("expiresAt", Times.isoOrNull(portion.expiresAt()));
        return json;
    }
}
