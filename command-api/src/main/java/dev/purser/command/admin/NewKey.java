package dev.purser.command.admin;

import dev.purser.command.secret.NewTokens;
import dev.purser.command.secret.NewTokens.NewToken;
import dev.purser.domain.KeyId;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.key.KeyCommand.CreateKey;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.key.KeyView;
import dev.purser.edge.wire.LedgerJson;
import dev.purser.eventstore.secret.Ids;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key about to be made: the command, and the secret that only this answer shows. */
record NewKey(CreateKey command, String secret) {
    static NewKey platform(
            NewTokens tokens,
            OrganizationId organizationId,
            ProjectId projectId,
            Mode mode,
            String name,
            @Nullable Instant expiresAt,
            Instant at) {
        return of(
                tokens.key(KeyKind.PLATFORM, mode),
                KeyKind.PLATFORM,
                organizationId,
                projectId,
                mode,
                name,
                expiresAt,
                at);
    }

    static NewKey auditor(
            NewTokens tokens, OrganizationId organizationId, String name, @Nullable Instant expiresAt, Instant at) {
        return of(tokens.key(KeyKind.AUDITOR, null), KeyKind.AUDITOR, organizationId, null, null, name, expiresAt, at);
    }

    static NewKey operator(NewTokens tokens, String name, Instant at) {
        return of(tokens.key(KeyKind.OPERATOR, null), KeyKind.OPERATOR, null, null, null, name, null, at);
    }

    Map<String, @Nullable Object> json(KeyView view) {
        Map<String, @Nullable Object> json = LedgerJson.key(view);
        json.put("secret", secret);
        return json;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return command.preview();
    }

    private static NewKey of(
            NewToken token,
            KeyKind kind,
            @Nullable OrganizationId organizationId,
            @Nullable ProjectId projectId,
            @Nullable Mode mode,
            String name,
            @Nullable Instant expiresAt,
            Instant at) {
        CreateKey command = new CreateKey(
                new KeyId(Ids.next("key")),
                kind,
                organizationId,
                projectId,
                mode,
                name,
                token.fingerprint(),
                token.preview(),
                expiresAt,
                at);
        return new NewKey(command, token.token());
    }
}
