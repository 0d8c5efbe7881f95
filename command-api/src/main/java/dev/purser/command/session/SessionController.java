package dev.purser.command.session;

import dev.purser.command.config.PaymentsConfig;
import dev.purser.command.secret.NewTokens;
import dev.purser.command.secret.NewTokens.NewToken;
import dev.purser.command.secret.PersonalData;
import dev.purser.domain.SessionId;
import dev.purser.domain.session.SessionCommand.RefreshSession;
import dev.purser.domain.session.SessionCommand.RevokeSession;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.request.Call;
import dev.purser.edge.request.PathIds;
import dev.purser.projection.access.AccessDirectory;
import java.time.Clock;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/sessions}. */
@RestController
public final class SessionController {
    private final Idempotency idempotency;
    private final Minting minting;
    private final SessionOwners owners;
    private final NewTokens tokens;
    private final SessionJson json;
    private final Clock clock;

    public SessionController(
            Idempotency idempotency,
            AccessDirectory directory,
            PersonalData personalData,
            KnownProfiles profiles,
            SessionOwners owners,
            NewTokens tokens,
            PaymentsConfig payments,
            Clock clock) {
        this.idempotency = idempotency;
        this.json = new SessionJson(payments);
        this.minting = new Minting(directory, personalData, profiles, tokens, json, clock);
        this.owners = owners;
        this.tokens = tokens;
        this.clock = clock;
    }

    @PostMapping("/v1/sessions")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> mint(Caller.Backend caller, Call call) {
        return idempotency.answer(
                call, commands -> minting.mint(caller.access(), MintRequest.of(call.fields()), commands));
    }

    @PostMapping("/v1/sessions/{id}/revoke")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> revoke(Caller.Backend caller, @PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            call.fields().verify();
            SessionId sessionId = PathIds.session(id);
            if (!owners.owns(caller.access().projectId(), caller.access().mode(), sessionId)) {
                throw Problem.notFound("session");
            }
            return commands.answer(200, new RevokeSession(sessionId), SessionJson::revoked);
        });
    }

    /** Arrives without a body and without a Content-Type. */
    @PostMapping("/v1/sessions/refresh")
    @Gate(Kind.REFRESH)
    ResponseEntity<byte[]> refresh(Caller.Browser caller, Call call) {
        return idempotency.answer(call, commands -> {
            NewToken token = tokens.session(caller.access().mode());
            RefreshSession refresh = new RefreshSession(
                    caller.access().sessionId(),
                    caller.access().tokenGeneration(),
                    token.fingerprint(),
                    clock.instant());
            return commands.answerSecret(200, refresh, view -> json.refreshed(view, token.token()));
        });
    }
}
