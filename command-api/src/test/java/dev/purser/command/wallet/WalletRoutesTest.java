package dev.purser.command.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.command.TestApi;
import dev.purser.command.TestApi.Answer;
import dev.purser.domain.CompositeCommand.GrantCredits;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.Rejection.GrantLimitExceeded;
import dev.purser.domain.Rejection.InsufficientCredits;
import dev.purser.domain.Rejection.WalletIsFrozen;
import dev.purser.domain.Sealed;
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.project.ProjectCommand.RecordGrant;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletTerms;
import dev.purser.domain.wallet.WalletTerms.Term;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WalletRoutesTest {
    private final TestApi api = new TestApi();

    private Answer post(String action, String body) {
        return api.post("/v1/wallets/wal1/" + action, TestApi.SECRET, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"credit", "debit", "freeze", "unfreeze", "holds"})
    void aWalletOfAnotherTenantOrModeDoesNotExist(String action) {
        String body = "{\"amount\":1}";
        api.post("/v1/wallets/wal2/" + action, TestApi.SECRET, body).expectError(404, "not_found");
        api.post("/v1/wallets/cus1/" + action, TestApi.SECRET, body).expectError(404, "not_found");
        api.post("/v1/wallets/wal1/" + action, TestApi.LIVE_SECRET, body).expectError(404, "not_found");
        api.post("/v1/wallets/wal1/" + action, TestApi.SESSION, body).expectError(401, "wrong_token_kind");
        api.post("/v1/wallets/wal1/" + action, null, body).expectError(401, "token_missing");
        assertThat(api.ledger.commands).isEmpty();
    }

    @Nested
    class Credit {
        @Test
        void isGrantedAtTheExpenseOfTheProjectsUtcDay() {
            Answer answer =
                    post("credit", "{\"amount\":5,\"reason\":\"welcome\"}").expect(200);
            assertThat(api.ledger.only(GrantCredits.class))
                    .isEqualTo(new GrantCredits(
                            new RecordGrant(TestApi.PROJECT, Mode.TEST, Money.ofDollars(5), LocalDate.of(2026, 11, 24)),
                            new CreditWallet(
                                    TestApi.WALLET,
                                    CreditKind.ADJUSTMENT,
                                    Money.ofDollars(5),
                                    new Sealed("sealed:welcome"))));
            assertThat(answer.json())
                    .containsEntry("id", "wal1")
                    .containsEntry("endCustomerId", "cus1")
                    .containsEntry("balance", "5")
                    .containsEntry("held", "0")
                    .containsEntry("available", "5")
                    .containsEntry("currency", "USD")
                    .containsEntry("status", "active")
                    .containsEntry("mode", "test");
        }

        @Test
        void aboveTheDailyLimitIs402() {
            api.ledger.refuseNext(
                    new GrantLimitExceeded(Money.ofDollars(10), Money.ofDollars(1)).asException(), () -> {});
            post("credit", "{\"amount\":5}").expectError(402, "grant_limit_exceeded");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{} | amount",
                    "{\"amount\":0} | amount",
                    "{\"amount\":\"five\"} | amount",
                    "{\"amount\":1000000.01} | amount",
                    "{\"amount\":1e20000000} | amount",
                    "{\"amount\":1,\"reason\":5} | reason"
                })
        void aFaultyFieldIsNamed(String body, String field) {
            post("credit", body).expectField(field);
        }

        @Test
        void theReasonHasAtMost500Characters() {
            post("credit", "{\"amount\":1,\"reason\":\"" + "x".repeat(500) + "\"}")
                    .expect(200);
            post("credit", "{\"amount\":1,\"reason\":\"" + "x".repeat(501) + "\"}")
                    .expectField("reason");
        }

        @Test
        void isDoneOncePerKeyAndAgainAfterARefusal() {
            String path = "/v1/wallets/wal1/credit";
            api.ledger.refuseNext(new LedgerUnavailable("full", true, new IOException()), () -> {});
            Answer refused = api.post(path, TestApi.SECRET, "{\"amount\":5}", "Idempotency-Key", "k");
            refused.expectError(503, "ledger_unavailable");
            assertThat(refused.raw().getHeader("Retry-After")).isEqualTo("1");
            api.post(path, TestApi.SECRET, "{\"amount\":5}", "Idempotency-Key", "k")
                    .expect(200);
            Answer again = api.post(path, TestApi.SECRET, "{\"amount\":5}", "Idempotency-Key", "k")
                    .expect(200);
            assertThat(again.raw().getHeader("Idempotent-Replayed")).isEqualTo("true");
            assertThat(api.ledger.commands).hasSize(2);
            api.post(path, TestApi.SECRET, "{\"amount\":6}", "Idempotency-Key", "k")
                    .expectError(409, "idempotency_conflict");
            api.post(path, TestApi.SECRET, "{\"amount\":6}", "Idempotency-Key", "")
                    .expectField("Idempotency-Key");
        }

        @Test
        void ofAnUnknownOutcomeSaysSo() {
            api.ledger.refuseNext(new LedgerUnavailable("lost", false, new IOException()), () -> {});
            post("credit", "{\"amount\":5}").expectError(503, "outcome_unknown");
        }
    }

    @Nested
    class Debit {
        @Test
        void takesAnAmountWithADescriptionAndMetadata() {
            Answer answer = post("debit", "{\"amount\":0.25,\"description\":\"chat\",\"metadata\":{\"job\": 1.0}}")
                    .expect(200);
            DebitUsage debit = api.ledger.only(DebitUsage.class);
            assertThat(debit.cost()).isEqualTo(new Money(250_000_000));
            assertThat(debit.metering()).isNull();
            assertThat(debit.description()).isEqualTo(new Sealed("sealed:chat"));
            assertThat(debit.metadata()).isEqualTo(new Sealed("sealed:{\"job\":1.0}"));
            assertThat(answer.json())
                    .containsEntry("debitId", debit.debitId().value())
                    .containsEntry("amount", "0.25")
                    .containsEntry("balance", "1");
        }

        @Test
        void takesUsageAndPricesItByThePriceList() {
            post(
                            "debit",
                            "{\"usage\":{\"model\":\"test/model\",\"promptTokens\":1000,\"completionTokens\":100,"
                                    + "\"cachedPromptTokens\":200}}")
                    .expect(200);
            DebitUsage debit = api.ledger.only(DebitUsage.class);
            // 1,000 × $3 + 100 × $15 per million; cached input has no price of its own here.
            assertThat(debit.cost()).isEqualTo(new Money(4_500_000));
            assertThat(debit.metering())
                    .isEqualTo(
                            new Metering("model", null, new Usage(1_000, 200, 100, 0), UsageSource.REPORTED, 7, null));
        }

        @Test
        void ofNothingUsedIsStillOnRecord() {
            post("debit", "{\"usage\":{\"model\":\"model\",\"promptTokens\":0,\"completionTokens\":0}}")
                    .expect(200);
            assertThat(api.ledger.only(DebitUsage.class).cost()).isEqualTo(Money.ZERO);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{} | amount",
                    "{\"amount\":1,\"usage\":{\"model\":\"model\",\"promptTokens\":1,\"completionTokens\":1}} | amount",
                    "{\"amount\":0} | amount",
                    "{\"usage\":[]} | usage",
                    "{\"usage\":{}} | usage.model",
                    "{\"usage\":{\"model\":\"nobody/knows\",\"promptTokens\":1,\"completionTokens\":1}} | usage.model",
                    "{\"usage\":{\"model\":\"model\",\"promptTokens\":-1,\"completionTokens\":1}} | usage.promptTokens",
                    "{\"usage\":{\"model\":\"model\",\"promptTokens\":1.5,\"completionTokens\":1}} |"
                            + " usage.promptTokens",
                    "{\"usage\":{\"model\":\"model\",\"promptTokens\":1e18,\"completionTokens\":1}} |"
                            + " usage.promptTokens",
                    "{\"usage\":{\"model\":\"model\",\"promptTokens\":1,\"completionTokens\":1,"
                            + "\"cachedPromptTokens\":2}}"
                            + " | usage.cachedPromptTokens",
                    "{\"usage\":{\"model\":\"model\",\"promptTokens\":1e12,\"completionTokens\":0}} | usage",
                    "{\"amount\":1,\"metadata\":[]} | metadata",
                    "{\"amount\":1,\"description\":{}} | description"
                })
        void aFaultyFieldIsNamed(String body, String field) {
            post("debit", body).expectField(field);
            assertThat(api.ledger.commands).isEmpty();
        }

        @Test
        void beyondTheBalanceNamesWhatIsNeededAndAvailable() {
            api.ledger.refuseNext(
                    new InsufficientCredits(Money.ofDollars(2), Money.ofDollars(1)).asException(), () -> {});
            Answer answer = post("debit", "{\"amount\":2}");
            answer.expectError(402, "insufficient_credits");
            assertThat(answer.text()).contains("2 needed, 1 available");
            api.ledger.refuseNext(new WalletIsFrozen().asException(), () -> {});
            post("debit", "{\"amount\":2}").expectError(402, "wallet_frozen");
        }
    }

    @Nested
    class Freeze {
        @Test
        void isTheBackendsOwnReasonAndShowsTheStatus() {
            assertThat(post("freeze", "").expect(200).json()).containsEntry("status", "frozen");
            assertThat(post("unfreeze", "{}").expect(200).json()).containsEntry("status", "active");
            assertThat(api.ledger.commands)
                    .isEqualTo(List.of(
                            new FreezeWallet(TestApi.WALLET, FreezeReason.BACKEND),
                            new UnfreezeWallet(TestApi.WALLET, FreezeReason.BACKEND)));
        }
    }

    @Nested
    class Terms {
        private Answer patch(String body) {
            return api.patch("/v1/wallets/wal1", TestApi.SECRET, body);
        }

        @Test
        void areChangedOneByOneAndTakenBackByNull() {
            Answer answer = patch("{\"markupPercent\":12.50,\"lowBalanceThreshold\":null}")
                    .expect(200);
            ChangeWalletTerms change = api.ledger.only(ChangeWalletTerms.class);
            assertThat(change.walletId()).isEqualTo(TestApi.WALLET);
            assertThat(change.terms()).isEqualTo(new WalletTerms(new BigDecimal("12.5"), null, null));
            assertThat(change.changed()).containsExactlyInAnyOrder(Term.MARKUP_PERCENT, Term.LOW_BALANCE_THRESHOLD);
            assertThat(answer.json())
                    .containsEntry("markupPercent", 12.5)
                    .containsEntry("bonusPercent", null)
                    .containsEntry("lowBalanceThreshold", null);
        }

        @Test
        void stayWhereNothingIsSaid() {
            patch("").expect(200);
            assertThat(api.ledger.only(ChangeWalletTerms.class).changed()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"markupPercent\":100.1} | markupPercent",
                    "{\"markupPercent\":0.00001} | markupPercent",
                    "{\"bonusPercent\":1001} | bonusPercent",
                    "{\"bonusPercent\":\"x\"} | bonusPercent",
                    "{\"lowBalanceThreshold\":-1} | lowBalanceThreshold"
                })
        void areRefusedOutOfTheirRange(String body, String field) {
            patch(body).expectField(field);
            assertThat(api.ledger.commands).isEmpty();
        }

        @Test
        void ofAnotherTenantsWalletDoNotExist() {
            api.patch("/v1/wallets/wal2", TestApi.SECRET, "{}").expectError(404, "not_found");
            api.patch("/v1/wallets/wal1", TestApi.LIVE_SECRET, "{}").expectError(404, "not_found");
            assertThat(api.ledger.commands).isEmpty();
        }
    }
}
