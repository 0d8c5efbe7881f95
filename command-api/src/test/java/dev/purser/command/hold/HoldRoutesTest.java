package dev.purser.command.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.command.TestApi;
import dev.purser.command.TestApi.Answer;
import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.Rejection.CaptureAboveHold;
import dev.purser.domain.Rejection.HoldHasExpired;
import dev.purser.domain.Rejection.HoldNotOpen;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.projection.access.HoldAccess.HoldStatus;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoldRoutesTest {
    private final TestApi api = new TestApi();

    private Answer hold(String body) {
        return api.post("/v1/wallets/wal1/holds", TestApi.SECRET, body);
    }

    private Answer act(String action, String body) {
        return api.post("/v1/holds/hld1/" + action, TestApi.SECRET, body);
    }

    @Nested
    class Holding {
        @Test
        void setsMoneyAsideForFifteenMinutesUnlessToldOtherwise() {
            Answer answer = hold("{\"amount\":\"2.5\"}").expect(201);
            HoldCredits hold = api.ledger.only(HoldCredits.class);
            assertThat(hold.amount()).isEqualTo(new Money(2_500_000_000L));
            assertThat(hold.origin()).isEqualTo(HoldOrigin.BACKEND);
            assertThat(hold.sessionId()).isNull();
            assertThat(hold.expiresAt()).isEqualTo(TestApi.NOW.plusSeconds(900));
            assertThat(answer.json())
                    .containsEntry("id", hold.holdId().value())
                    .containsEntry("walletId", "wal1")
                    .containsEntry("status", "open")
                    .containsEntry("amount", "2.5")
                    .containsEntry("expiresAt", "2026-11-25T00:14:59.123Z");
            assertThat((Map<?, ?>) answer.json().get("wallet"))
                    .hasToString("{id=wal1, endCustomerId=cus1, balance=10, currency=USD, status=active, held=2.5,"
                            + " available=7.5, mode=test}");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{} | amount",
                    "{\"amount\":0} | amount",
                    "{\"amount\":1,\"expiresInSeconds\":0} | expiresInSeconds",
                    "{\"amount\":1,\"expiresInSeconds\":604801} | expiresInSeconds"
                })
        void aFaultyFieldIsNamed(String body, String field) {
            hold(body).expectField(field);
        }

        @Test
        void lastsAtMostAWeek() {
            hold("{\"amount\":1,\"expiresInSeconds\":604800}").expect(201);
            assertThat(api.ledger.only(HoldCredits.class).expiresAt()).isEqualTo(TestApi.NOW.plusSeconds(604_800));
        }
    }

    @Nested
    class Capturing {
        @Test
        void takesTheAmountNamed() {
            api.directory.hold("hld1", HoldStatus.OPEN);
            Answer answer = act("capture", "{\"amount\":1.5}").expect(200);
            assertThat(api.ledger.only(CaptureHold.class))
                    .isEqualTo(new CaptureHold(
                            TestApi.WALLET,
                            new HoldId("hld1"),
                            HoldOrigin.BACKEND,
                            new Money(1_500_000_000),
                            null,
                            TestApi.NOW));
            assertThat(answer.json()).containsEntry("status", "captured").containsEntry("captured", "1.5");
        }

        @Test
        void takesAllOfItWhenNoneIsNamed() {
            api.directory.hold("hld1", HoldStatus.OPEN);
            act("capture", "").expect(200);
            assertThat(api.ledger.only(CaptureHold.class).cost()).isNull();
        }

        @Test
        void moreThanIsHeldIsRefused() {
            api.directory.hold("hld1", HoldStatus.OPEN);
            api.ledger.refuseNext(new CaptureAboveHold(Money.ofDollars(1), Money.ofDollars(2)).asException(), () -> {});
            act("capture", "{\"amount\":2}").expectField("amount");
        }

        @Test
        void nothingIsNoCapture() {
            api.directory.hold("hld1", HoldStatus.OPEN);
            act("capture", "{\"amount\":0}").expectField("amount");
        }

        @Test
        void theSameKeyAnswersAgainThoughTheHoldIsClosed() {
            api.directory.hold("hld1", HoldStatus.OPEN);
            String path = "/v1/holds/hld1/capture";
            Answer first = api.post(path, TestApi.SECRET, "{\"amount\":1}", "Idempotency-Key", "k")
                    .expect(200);
            api.directory.hold("hld1", HoldStatus.CAPTURED);
            Answer again = api.post(path, TestApi.SECRET, "{\"amount\":1}", "Idempotency-Key", "k")
                    .expect(200);
            assertThat(again.text()).isEqualTo(first.text());
        }
    }

    @Nested
    class Releasing {
        @Test
        void freesTheMoney() {
            api.directory.hold("hld1", HoldStatus.OPEN);
            assertThat(act("release", "").expect(200).json()).containsEntry("status", "released");
            assertThat(api.ledger.only(ReleaseHold.class))
                    .isEqualTo(new ReleaseHold(TestApi.WALLET, new HoldId("hld1"), HoldOrigin.BACKEND));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"capture", "release"})
    void aHoldOfTheGatewayOrAnotherTenantDoesNotExist(String action) {
        act(action, "").expectError(404, "not_found");
        api.directory.hold("hld1", HoldStatus.OPEN);
        api.post("/v1/holds/hld1/" + action, TestApi.LIVE_SECRET, "").expectError(404, "not_found");
        api.post("/v1/holds/req1/" + action, TestApi.SECRET, "").expectError(404, "not_found");
        assertThat(api.ledger.commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"capture", "release"})
    void aClosedHoldSaysHowItEnded(String action) {
        Map<HoldStatus, String> codes = Map.of(
                HoldStatus.CAPTURED,
                "hold_captured",
                HoldStatus.RELEASED,
                "hold_released",
                HoldStatus.EXPIRED,
                "hold_expired");
        codes.forEach((status, code) -> {
            api.directory.hold("hld1", status);
            act(action, "").expectError(409, code);
        });
        assertThat(api.ledger.commands).isEmpty();
        codes.forEach((status, code) -> {
            api.directory.hold("hld1", HoldStatus.OPEN);
            api.ledger.refuseNext(new HoldNotOpen().asException(), () -> api.directory.hold("hld1", status));
            act(action, "").expectError(409, code);
        });
        api.directory.hold("hld1", HoldStatus.OPEN);
        api.ledger.refuseNext(new HoldHasExpired().asException(), () -> {});
        act(action, "").expectError(409, "hold_expired");
    }
}
