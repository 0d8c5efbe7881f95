package dev.purser.command.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.command.TestApi;
import dev.purser.command.TestApi.Answer;
import dev.purser.command.config.PaymentsConfig;
import dev.purser.command.config.PaymentsConfig.PaymentMode;
import dev.purser.command.session.KnownProfiles.Profile;
import dev.purser.domain.ClaimTaken;
import dev.purser.domain.CompositeCommand.EnrolCustomer;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.Sealed;
import dev.purser.domain.customer.CustomerCommand.UpdateProfile;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.session.SessionCommand.MintSession;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MintTest {
    private static final String INDEX = "new:prj1/test/user-1";

    private final TestApi api = new TestApi();

    private Answer mint(String body) {
        return api.post("/v1/sessions", TestApi.SECRET, body);
    }

    @Nested
    class NewCustomer {
        @Test
        void isEnrolledWithItsWalletAndFirstSessionInOneCommand() {
            Answer answer = mint("""
                {"customer":{"externalId":"user-1","email":"a@example.com","name":"Ada"},
                 "scope":{"models":["auto","openai/gpt-4o-mini","auto"],"maxSpend":0.5},"ttlSeconds":60}
                """).expect(201);

            EnrolCustomer enrol = api.ledger.only(EnrolCustomer.class);
            assertThat(enrol.customer().externalIdIndex()).isEqualTo(INDEX);
            assertThat(enrol.customer().externalId()).isEqualTo(new Sealed("sealed:user-1"));
            assertThat(enrol.customer().email()).isEqualTo(new Sealed("sealed:a@example.com"));
            assertThat(enrol.customer().name()).isEqualTo(new Sealed("sealed:Ada"));
            assertThat(enrol.wallet().walletId()).isEqualTo(enrol.customer().walletId());
            assertThat(enrol.wallet().customerId()).isEqualTo(enrol.customer().customerId());
            MintSession session = enrol.session();
            assertThat(session.models()).containsExactly("auto", "openai/gpt-4o-mini");
            assertThat(session.maxSpend()).isEqualTo(new Money(500_000_000));
            assertThat(session.ttlSeconds()).isEqualTo(60);
            assertThat(session.mode()).isEqualTo(Mode.TEST);
            assertThat(session.at()).isEqualTo(TestApi.NOW);
            assertThat(api.ledger.causes).containsExactly(new Cause("key1", "req1"));

            assertThat(answer.json())
                    .containsEntry("walletId", session.walletId().value())
                    .containsEntry("endCustomerId", session.customerId().value())
                    .containsEntry("sessionId", session.sessionId().value())
                    .containsEntry("expiresAt", "2026-11-25T00:00:59.123Z")
                    .containsEntry("publishableKey", "pk_test_1")
                    .containsOnlyKeys(
                            "sessionToken",
                            "token",
                            "publishableKey",
                            "walletId",
                            "endCustomerId",
                            "expiresAt",
                            "sessionId");
            String token = String.valueOf(answer.json().get("token"));
            assertThat(token)
                    .matches("es_test_[0-9A-Za-z]{40}")
                    .isEqualTo(answer.json().get("sessionToken"));
            assertThat(session.token().hex()).isEqualTo(api.fingerprints().fingerprint(token));
            assertThat(session.sessionId().value()).matches("ses[0-9A-Za-z]{22}");
        }

        @Test
        void needsNoMoreThanAString() {
            mint("{\"customer\":\"user-1\"}").expect(201);
            EnrolCustomer enrol = api.ledger.only(EnrolCustomer.class);
            assertThat(enrol.customer().email()).isNull();
            assertThat(enrol.session().models()).isNull();
            assertThat(enrol.session().maxSpend()).isNull();
            assertThat(enrol.session().ttlSeconds()).isEqualTo(900);
        }

        @Test
        void ofALiveKeyIsALiveOne() {
            Answer answer = api.post("/v1/sessions", TestApi.LIVE_SECRET, "{\"customer\":\"user-1\"}")
                    .expect(201);
            assertThat(api.ledger.only(EnrolCustomer.class).wallet().mode()).isEqualTo(Mode.LIVE);
            assertThat(String.valueOf(answer.json().get("token"))).matches("es_[0-9A-Za-z]{40}");
            assertThat(answer.json()).containsEntry("publishableKey", "pk_live_1");
        }

        @Test
        void hasNoPublishableKeyWhereNoneIsConfigured() {
            TestApi none = new TestApi(new PaymentsConfig(PaymentMode.NONE, null, null));
            assertThat(none.post("/v1/sessions", TestApi.SECRET, "{\"customer\":\"user-1\"}")
                            .json())
                    .containsEntry("publishableKey", null);
        }

        @Test
        void thatSomebodyElseEnrolsMeanwhileIsTheSameCustomer() {
            api.ledger.refuseNext(
                    new ClaimTaken("external_id"),
                    () -> api.directory.byExternalId.put(INDEX, api.directory.customer()));
            Answer answer = mint("{\"customer\":\"user-1\"}").expect(201);
            assertThat(answer.json()).containsEntry("endCustomerId", "cus1").containsEntry("walletId", "wal1");
            assertThat(api.ledger.commands).hasSize(2);
            assertThat(api.ledger.commands.getLast()).isInstanceOf(MintSession.class);
            assertThat(api.personalData.keys).containsExactly(TestApi.CUSTOMER);
        }
    }

    @Nested
    class KnownCustomer {
        private void known() {
            api.directory.byExternalId.put("old:prj1/test/user-1", api.directory.customer());
        }

        @Test
        void getsASessionForItsWallet() {
            known();
            mint("{\"customer\":\"user-1\"}").expect(201);
            MintSession session = api.ledger.only(MintSession.class);
            assertThat(session.walletId()).isEqualTo(TestApi.WALLET);
            assertThat(session.customerId()).isEqualTo(TestApi.CUSTOMER);
            assertThat(api.personalData.keys).containsExactly(TestApi.CUSTOMER);
        }

        @Test
        void isUpdatedWhereWhatIsGivenDiffers() {
            known();
            api.profiles.put(TestApi.CUSTOMER, new Profile("a@example.com", "Ada"));
            mint("{\"customer\":{\"externalId\":\"user-1\",\"email\":\"a@example.com\",\"name\":\"Ada L.\"}}")
                    .expect(201);
            assertThat(api.ledger.commands).hasSize(2);
            assertThat(api.ledger.commands.getFirst())
                    .isEqualTo(new UpdateProfile(TestApi.CUSTOMER, null, new Sealed("sealed:Ada L.")));
        }

        @Test
        void staysAsItIsWhereNothingDiffersOrNothingIsGiven() {
            known();
            api.profiles.put(TestApi.CUSTOMER, new Profile("a@example.com", "Ada"));
            mint("{\"customer\":{\"externalId\":\"user-1\",\"email\":\"a@example.com\"}}")
                    .expect(201);
            api.ledger.only(MintSession.class);
        }

        @Test
        void isRefusedWhenBlockedOrFrozen() {
            api.directory.status = CustomerStatus.BLOCKED;
            known();
            mint("{\"customer\":\"user-1\"}").expectError(403, "customer_blocked");
            api.directory.status = CustomerStatus.ACTIVE;
            api.directory.frozen = true;
            known();
            mint("{\"customer\":\"user-1\"}").expectError(402, "wallet_frozen");
            assertThat(api.ledger.commands).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | customer",
                "{\"customer\":null} | customer",
                "{\"customer\":\"\"} | customer",
                "{\"customer\":7} | customer",
                "{\"customer\":[]} | customer",
                "{\"customer\":{}} | customer.externalId",
                "{\"customer\":{\"externalId\":1}} | customer.externalId",
                "{\"customer\":{\"externalId\":\"u\",\"email\":\"\"}} | customer.email",
                "{\"customer\":{\"externalId\":\"u\",\"name\":[]}} | customer.name",
                "{\"customer\":\"u\",\"scope\":[]} | scope",
                "{\"customer\":\"u\",\"scope\":{\"models\":[]}} | scope.models",
                "{\"customer\":\"u\",\"scope\":{\"models\":\"auto\"}} | scope.models",
                "{\"customer\":\"u\",\"scope\":{\"models\":[\"\"]}} | scope.models[0]",
                "{\"customer\":\"u\",\"scope\":{\"maxSpend\":0}} | scope.maxSpend",
                "{\"customer\":\"u\",\"scope\":{\"maxSpend\":-1}} | scope.maxSpend",
                "{\"customer\":\"u\",\"scope\":{\"maxSpend\":\"much\"}} | scope.maxSpend",
                "{\"customer\":\"u\",\"ttlSeconds\":59} | ttlSeconds",
                "{\"customer\":\"u\",\"ttlSeconds\":3601} | ttlSeconds",
                "{\"customer\":\"u\",\"ttlSeconds\":60.5} | ttlSeconds",
                "{\"customer\":\"u\",\"ttlSeconds\":\"900\"} | ttlSeconds"
            })
    void aFaultyFieldIsNamed(String body, String field) {
        mint(body).expectField(field);
        assertThat(api.ledger.commands).isEmpty();
    }

    @Test
    void lengthsAreLimited() {
        mint("{\"customer\":\"" + "x".repeat(255) + "\"}").expect(201);
        mint("{\"customer\":\"" + "x".repeat(256) + "\"}").expectField("customer");
        String models = "\"m\"" + ",\"n\"".repeat(100);
        mint("{\"customer\":\"u\",\"scope\":{\"models\":[" + models + "]}}").expectField("scope.models");
    }

    @Test
    void theSameKeyMintsOnceAndShowsTheTokenAgainToItsOwnSecretOnly() {
        String body = "{\"customer\":\"user-1\"}";
        Answer first = api.post("/v1/sessions", TestApi.SECRET, body, "Idempotency-Key", "k")
                .expect(201);
        Answer again = api.post("/v1/sessions", TestApi.SECRET, body, "Idempotency-Key", "k")
                .expect(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.raw().getHeader("Idempotent-Replayed")).isEqualTo("true");
        api.ledger.only(EnrolCustomer.class);
        api.post("/v1/sessions", TestApi.SECRET, "{\"customer\":\"user-2\"}", "Idempotency-Key", "k")
                .expectError(409, "idempotency_conflict");
    }

    @Test
    void needsAPlatformKey() {
        api.post("/v1/sessions", null, "{").expectError(401, "token_missing");
        api.post("/v1/sessions", TestApi.SESSION, "{").expectError(401, "wrong_token_kind");
    }
}
