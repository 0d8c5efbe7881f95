package dev.purser.edge.access;

import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.key.KeyKind;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.PlatformAccess;
import dev.purser.projection.access.SessionAccess;
import dev.purser.projection.access.StaffAccess;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides who passes. The order of the checks is the contract's: the first that fails is the answer. */
final class Gatekeeper {
    private final AccessDirectory directory;
    private final Function<String, List<String>> fingerprints;
    private final Clock clock;

    Gatekeeper(AccessDirectory directory, Function<String, List<String>> fingerprints, Clock clock) {
        this.directory = directory;
        this.fingerprints = fingerprints;
        this.clock = clock;
    }

    /** Who calls with this token through one of these gates; null for an anonymous caller of a public route. */
    @Nullable
    Caller admit(Set<Kind> gates, @Nullable String token, @Nullable String origin) {
        if (!gates.contains(Kind.PUBLIC)) {
            return admitByToken(gates, token, origin);
        }
        if (token == null || gates.size() == 1) {
            return null;
        }
        try {
            return admitByToken(gates, token, origin);
        } catch (Problem _) {
            // A public route serves everybody: a token that is no good is as good as none.
            return null;
        }
    }

    private Caller admitByToken(Set<Kind> gates, @Nullable String token, @Nullable String origin) {
        if (token == null) {
            throw refused(
                    401, "token_missing", "Send " + TokenKind.expected(gates) + " as Authorization: Bearer <token>");
        }
        TokenKind kind = TokenKind.of(token).orElse(null);
        if (kind == null || !kind.opensAny(gates)) {
            throw refused(401, "wrong_token_kind", "This route takes " + TokenKind.expected(gates));
        }
        if (!kind.isWellFormed(token)) {
            throw unknown(kind);
        }
        List<String> candidates = fingerprints.apply(token);
        return switch (kind) {
            case PLATFORM -> backend(directory.platformKey(candidates).orElseThrow(() -> unknown(kind)));
            case SESSION ->
                browser(
                        directory.session(candidates).orElseThrow(() -> unknown(kind)),
                        gates.contains(Kind.REFRESH),
                        origin);
            case OPERATOR -> new Caller.Operator(staff(candidates, kind, KeyKind.OPERATOR));
            case AUDITOR -> new Caller.Auditor(staff(candidates, kind, KeyKind.AUDITOR));
        };
    }

    private Caller backend(PlatformAccess access) {
        requireNotRevoked(access.revoked());
        requireNotExpired(access.expiresAt());
        if (!access.projectActive()) {
            throw refused(403, "project_not_active", "The project is not active");
        }
        if (!access.organizationActive()) {
            throw refused(403, "organization_not_active", "The organization is not active");
        }
        if (!access.settings().endUserSessions()) {
            throw refused(403, "sessions_disabled", "End-user sessions are switched off for the project");
        }
        return new Caller.Backend(access);
    }

    private Caller browser(SessionAccess access, boolean supersededPasses, @Nullable String origin) {
        if (access.revoked()) {
            throw refused(401, "token_revoked", "The session is revoked");
        }
        if (!supersededPasses && access.tokenGeneration() < access.generation()) {
            throw refused(401, "token_superseded", "The session token was replaced by a refresh; use the newer one");
        }
        requireNotExpired(access.tokenExpiresAt());
        if (access.walletFrozen()) {
            throw refused(402, "wallet_frozen", "The wallet is frozen");
        }
        if (access.customerStatus() != CustomerStatus.ACTIVE) {
            throw refused(
                    401,
                    "customer_not_active",
                    "The customer is " + access.customerStatus().wireName());
        }
        if (!access.projectActive()) {
            throw refused(401, "project_not_active", "The project is not active");
        }
        if (!access.organizationActive()) {
            throw refused(401, "organization_not_active", "The organization is not active");
        }
        List<String> origins = access.settings().allowedOrigins();
        if (origin != null && !origins.isEmpty() && !origins.contains(origin)) {
            throw refused(403, "origin_not_allowed", "The project does not allow calls from this origin");
        }
        return new Caller.Browser(access);
    }

    private StaffAccess staff(List<String> candidates, TokenKind kind, KeyKind expected) {
        StaffAccess access = directory
                .staffKey(candidates)
                .filter(found -> found.kind() == expected)
                .orElseThrow(() -> unknown(kind));
        requireNotRevoked(access.revoked());
        requireNotExpired(access.expiresAt());
        return access;
    }

    private static void requireNotRevoked(boolean revoked) {
        if (revoked) {
            throw refused(401, "token_revoked", "The key is revoked");
        }
    }

    private void requireNotExpired(@Nullable Instant expiresAt) {
        if (expiresAt != null && !clock.instant().isBefore(expiresAt)) {
            throw refused(401, "token_expired", "The token has expired");
        }
    }

    private static Problem unknown(TokenKind kind) {
        return refused(401, "invalid_token", "Unknown " + (kind == TokenKind.SESSION ? "session token" : "key"));
    }

    private static Problem refused(int status, String code, String message) {
        return new Problem(status, code, message);
    }
}
