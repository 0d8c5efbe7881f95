package dev.purser.command.admin;

import dev.purser.command.secret.NewTokens;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.key.KeyCommand.RevokeKey;
import dev.purser.domain.project.ProjectView;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import dev.purser.edge.request.PathIds;
import dev.purser.edge.wire.LedgerJson;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Keys: made here, shown once, revoked here. */
@RestController
@Gate(Kind.OPERATOR)
public final class KeyController {
    private static final Map<String, Mode> MODES = Map.of("live", Mode.LIVE, "test", Mode.TEST);

    private final Idempotency idempotency;
    private final Tenants tenants;
    private final NewTokens tokens;
    private final Clock clock;

    public KeyController(Idempotency idempotency, Tenants tenants, NewTokens tokens, Clock clock) {
        this.idempotency = idempotency;
        this.tenants = tenants;
        this.tokens = tokens;
        this.clock = clock;
    }

    @PostMapping("/v1/admin/projects/{id}/keys")
    ResponseEntity<byte[]> createPlatformKey(@PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            ProjectView project = tenants.project(PathIds.project(id)).orElseThrow(() -> Problem.notFound("project"));
            Fields fields = call.fields();
            Mode mode = fields.optionalWord("mode", MODES);
            if (!fields.isPresent("mode")) {
                fields.refuse("mode", "is required: live or test");
            }
            String name = name(fields, "platform key");
            Instant expiresAt = expiresAt(fields);
            fields.verify();
            NewKey key = NewKey.platform(
                    tokens,
                    project.organizationId(),
                    project.id(),
                    mode == null ? Mode.TEST : mode,
                    name,
                    expiresAt,
                    clock.instant());
            return commands.answerSecret(AdminFields.CREATED, key.command(), key::json);
        });
    }

    @PostMapping("/v1/admin/organizations/{id}/auditor-keys")
    ResponseEntity<byte[]> createAuditorKey(@PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            OrganizationId organizationId = tenants.organization(PathIds.organization(id))
                    .orElseThrow(() -> Problem.notFound("organization"))
                    .id();
            Fields fields = call.fields();
            String name = name(fields, "auditor key");
            Instant expiresAt = expiresAt(fields);
            fields.verify();
            NewKey key = NewKey.auditor(tokens, organizationId, name, expiresAt, clock.instant());
            return commands.answerSecret(AdminFields.CREATED, key.command(), key::json);
        });
    }

    @PostMapping("/v1/admin/keys/{id}/revoke")
    ResponseEntity<byte[]> revoke(@PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            RevokeKey revoke = new RevokeKey(PathIds.key(id));
            call.fields().verify();
            return commands.answer(200, revoke, LedgerJson::key);
        });
    }

    private static String name(Fields fields, String absent) {
        String name = AdminFields.optionalName(fields);
        return name == null ? absent : name;
    }

    private @Nullable Instant expiresAt(Fields fields) {
        Instant expiresAt = fields.optionalTime("expiresAt");
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            fields.refuse("expiresAt", "must be in the future");
        }
        return expiresAt;
    }
}
