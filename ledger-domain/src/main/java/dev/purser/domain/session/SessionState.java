package dev.purser.domain.session;

import dev.purser.domain.Rejection.SessionIsOver;
import dev.purser.domain.Rejection.SessionIsRevoked;
import dev.purser.domain.Rejection.TokenSuperseded;
import dev.purser.domain.session.SessionCommand.RefreshSession;
import dev.purser.domain.session.SessionEvent.SessionMinted;
import dev.purser.domain.session.SessionEvent.SessionRefreshed;
import dev.purser.domain.session.SessionEvent.SessionRevoked;
import java.time.Duration;
import java.time.Instant;

/**
 * The rules of refreshing: a refresh starts a new generation of tokens; for 60 s, and never past its own expiry, a token
 * of the generation before still gets a sibling of the new one (browsers refresh in parallel), at most 16 in all.
 */
final class SessionState {
    static final Duration MAX_AGE = Duration.ofHours(24);
    static final Duration SIBLING_WINDOW = Duration.ofSeconds(60);
    static final int MAX_SIBLINGS = 16;

    private final SessionMinted minted;
    private int generation;
    private int issuedInGeneration = 1;
    private Instant generationStartedAt;
    private Instant expiresAt;
    private Instant previousExpiresAt;
    private boolean revoked;

    SessionState(SessionMinted minted) {
        this.minted = minted;
        this.generationStartedAt = minted.mintedAt();
        this.expiresAt = minted.expiresAt();
        this.previousExpiresAt = minted.mintedAt();
    }

    SessionRefreshed decide(RefreshSession command) {
        if (revoked) {
            throw new SessionIsRevoked().asException();
        }
        Instant end = minted.mintedAt().plus(MAX_AGE);
        if (!command.at().isBefore(end)) {
            throw new SessionIsOver().asException();
        }
        Instant newExpiresAt = earlier(command.at().plusSeconds(minted.ttlSeconds()), end);
        if (command.presented() == generation) {
            if (!command.at().isBefore(expiresAt)) {
                throw new TokenSuperseded().asException();
            }
            return new SessionRefreshed(generation + 1, command.token(), command.at(), newExpiresAt);
        }
        boolean sibling = command.presented() == generation - 1
                && command.at().isBefore(generationStartedAt.plus(SIBLING_WINDOW))
                && command.at().isBefore(previousExpiresAt)
                && issuedInGeneration < MAX_SIBLINGS;
        if (!sibling) {
            throw new TokenSuperseded().asException();
        }
        return new SessionRefreshed(generation, command.token(), command.at(), newExpiresAt);
    }

    void evolve(SessionEvent event) {
        switch (event) {
            case SessionMinted _ ->
                throw new IllegalStateException("session " + minted.sessionId() + " is minted already");
            case SessionRefreshed refreshed -> {
                if (refreshed.generation() == generation) {
                    issuedInGeneration++;
                    expiresAt = later(expiresAt, refreshed.expiresAt());
                } else {
                    generation = refreshed.generation();
                    issuedInGeneration = 1;
                    generationStartedAt = refreshed.refreshedAt();
                    previousExpiresAt = expiresAt;
                    expiresAt = refreshed.expiresAt();
                }
            }
            case SessionRevoked _ -> revoked = true;
        }
    }

    boolean isRevoked() {
        return revoked;
    }

    SessionView view() {
        return new SessionView(
                minted.sessionId(),
                minted.walletId(),
                minted.customerId(),
                minted.mode(),
                generation,
                revoked,
                expiresAt);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
