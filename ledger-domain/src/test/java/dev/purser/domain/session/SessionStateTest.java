package dev.purser.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Fingerprint;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection;
import dev.purser.domain.Rejection.SessionIsOver;
import dev.purser.domain.Rejection.SessionIsRevoked;
import dev.purser.domain.Rejection.TokenSuperseded;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.session.SessionCommand.RefreshSession;
import dev.purser.domain.session.SessionEvent.SessionMinted;
import dev.purser.domain.session.SessionEvent.SessionRefreshed;
import dev.purser.domain.session.SessionEvent.SessionRevoked;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SessionStateTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Fingerprint TOKEN = new Fingerprint("a".repeat(64));

    private final SessionState state = new SessionState(new SessionMinted(
            new SessionId("ses1"),
            new WalletId("wal1"),
            new CustomerId("cus1"),
            new OrganizationId("org1"),
            new ProjectId("prj1"),
            Mode.LIVE,
            TOKEN,
            null,
            null,
            900,
            NOON,
            NOON.plusSeconds(900)));

    @Test
    void startsANewGenerationWithTheLifetimeItWasMintedWith() {
        SessionRefreshed refreshed = refresh(0, 840);
        assertThat(refreshed.generation()).isEqualTo(1);
        assertThat(refreshed.expiresAt()).isEqualTo(NOON.plusSeconds(840 + 900));
    }

    @Test
    void givesParallelRefreshesOfTheOldTokenSiblingsOfTheNewGeneration() {
        refresh(0, 840);
        assertThat(refresh(0, 841).generation()).isEqualTo(1);
        assertThat(refresh(0, 899).generation()).isEqualTo(1);
        assertThat(refresh(1, 899).generation()).isEqualTo(2);
    }

    @Test
    void refusesTheOldTokenAfterSixtySeconds() {
        refresh(0, 100);
        refresh(0, 159);
        refused(() -> refresh(0, 160), new TokenSuperseded());
    }

    @Test
    void refusesTheOldTokenPastItsOwnExpiry() {
        refresh(0, 890);
        refresh(0, 899);
        refused(() -> refresh(0, 900), new TokenSuperseded());
    }

    @Test
    void refusesAnExpiredToken() {
        refused(() -> refresh(0, 900), new TokenSuperseded());
    }

    @Test
    void issuesAtMostSixteenTokensPerGeneration() {
        for (int i = 0; i < SessionState.MAX_SIBLINGS; i++) {
            assertThat(refresh(0, 100).generation()).isEqualTo(1);
        }
        refused(() -> refresh(0, 100), new TokenSuperseded());
    }

    @Test
    void refusesATokenTwoGenerationsOld() {
        refresh(0, 100);
        refresh(1, 101);
        refused(() -> refresh(0, 102), new TokenSuperseded());
    }

    @Test
    void neverOutlivesTwentyFourHours() {
        int generation = 0;
        int second = 0;
        int last = 24 * 3_600 - 100;
        for (; second < last; second += 800) {
            generation = refresh(generation, second).generation();
        }
        assertThat(refresh(generation, last).expiresAt()).isEqualTo(NOON.plusSeconds(24 * 3_600));
        int current = generation + 1;
        refused(() -> refresh(current, 24 * 3_600), new SessionIsOver());
    }

    @Test
    void refusesOnceRevoked() {
        state.evolve(new SessionRevoked());
        refused(() -> refresh(0, 10), new SessionIsRevoked());
    }

    private SessionRefreshed refresh(int generation, int second) {
        SessionRefreshed refreshed =
                state.decide(new RefreshSession(new SessionId("ses1"), generation, TOKEN, NOON.plusSeconds(second)));
        state.evolve(refreshed);
        return refreshed;
    }

    private static void refused(ThrowingCallable call, Rejection rejection) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.rejection()).isEqualTo(rejection));
    }
}
