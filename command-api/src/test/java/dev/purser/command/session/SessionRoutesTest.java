package dev.purser.command.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.command.TestApi;
import dev.purser.command.TestApi.Answer;
import dev.purser.domain.Rejection.SessionIsOver;
import dev.purser.domain.Rejection.TokenSuperseded;
import dev.purser.domain.session.SessionCommand.RefreshSession;
import dev.purser.domain.session.SessionCommand.RevokeSession;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SessionRoutesTest {
    private final TestApi api = new TestApi();

    @Nested
    class Refresh {
        @Test
        void exchangesATokenForOneOfTheNextGenerationAndTheSameMode() {
            Answer answer =
                    api.post("/v1/sessions/refresh", TestApi.SESSION, "").expect(200);
            RefreshSession refresh = api.ledger.only(RefreshSession.class);
            assertThat(refresh.sessionId()).isEqualTo(TestApi.SESSION_ID);
            assertThat(refresh.presented()).isEqualTo(1);
            assertThat(refresh.at()).isEqualTo(TestApi.NOW);
            assertThat(answer.json())
                    .containsOnlyKeys("sessionToken", "token", "walletId", "expiresAt")
                    .containsEntry("walletId", "wal1")
                    .containsEntry("expiresAt", "2026-11-25T00:14:59.123Z");
            String token = String.valueOf(answer.json().get("sessionToken"));
            assertThat(token)
                    .matches("es_test_[0-9A-Za-z]{40}")
                    .isEqualTo(answer.json().get("token"));
            assertThat(refresh.token().hex()).isEqualTo(api.fingerprints().fingerprint(token));
        }

        @Test
        void letsTheLedgerDecideAboutASupersededToken() {
            api.directory.generation = 2;
            api.post("/v1/sessions/refresh", TestApi.SESSION, "").expect(200);
            api.ledger.refuseNext(new TokenSuperseded().asException(), () -> {});
            api.post("/v1/sessions/refresh", TestApi.SESSION, "").expectError(401, "token_superseded");
            api.ledger.refuseNext(new SessionIsOver().asException(), () -> {});
            api.post("/v1/sessions/refresh", TestApi.SESSION, "").expectError(401, "token_expired");
        }

        @Test
        void needsASessionToken() {
            api.post("/v1/sessions/refresh", null, "").expectError(401, "token_missing");
            api.post("/v1/sessions/refresh", TestApi.SECRET, "").expectError(401, "wrong_token_kind");
            api.directory.frozen = true;
            api.post("/v1/sessions/refresh", TestApi.SESSION, "").expectError(402, "wallet_frozen");
        }
    }

    @Nested
    class Revoke {
        @Test
        void isForSessionsOfTheProjectAndModeOnly() {
            Answer answer =
                    api.post("/v1/sessions/ses1/revoke", TestApi.SECRET, "").expect(200);
            assertThat(answer.json())
                    .containsEntry("sessionId", "ses1")
                    .containsEntry("walletId", "wal1")
                    .containsEntry("revoked", true);
            assertThat(api.ledger.only(RevokeSession.class).sessionId()).isEqualTo(TestApi.SESSION_ID);
            for (String other : new String[] {"ses2", "wal1", "x", "ses%00", "ses-1", "ses" + "1".repeat(60)}) {
                api.post("/v1/sessions/" + other + "/revoke", TestApi.SECRET, "")
                        .expectError(404, "not_found");
            }
            assertThat(api.ledger.commands).hasSize(1);
        }
    }
}
