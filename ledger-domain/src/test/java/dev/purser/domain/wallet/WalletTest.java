package dev.purser.domain.wallet;

import static dev.purser.domain.Fixtures.rejected;
import static dev.purser.domain.wallet.WalletFixture.LATER;
import static dev.purser.domain.wallet.WalletFixture.NOON;
import static dev.purser.domain.wallet.WalletFixture.SESSION;
import static dev.purser.domain.wallet.WalletFixture.WALLET;
import static dev.purser.domain.wallet.WalletFixture.backendCapture;
import static dev.purser.domain.wallet.WalletFixture.backendHold;
import static dev.purser.domain.wallet.WalletFixture.billed;
import static dev.purser.domain.wallet.WalletFixture.cappedHold;
import static dev.purser.domain.wallet.WalletFixture.capture;
import static dev.purser.domain.wallet.WalletFixture.credit;
import static dev.purser.domain.wallet.WalletFixture.credited;
import static dev.purser.domain.wallet.WalletFixture.debit;
import static dev.purser.domain.wallet.WalletFixture.debited;
import static dev.purser.domain.wallet.WalletFixture.dollars;
import static dev.purser.domain.wallet.WalletFixture.expire;
import static dev.purser.domain.wallet.WalletFixture.expired;
import static dev.purser.domain.wallet.WalletFixture.held;
import static dev.purser.domain.wallet.WalletFixture.hold;
import static dev.purser.domain.wallet.WalletFixture.metering;
import static dev.purser.domain.wallet.WalletFixture.opened;
import static dev.purser.domain.wallet.WalletFixture.release;
import static dev.purser.domain.wallet.WalletFixture.released;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasToString;

import dev.purser.domain.Fixtures;
import dev.purser.domain.HoldId;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.Rejection.BalanceLimitExceeded;
import dev.purser.domain.Rejection.CaptureAboveHold;
import dev.purser.domain.Rejection.HoldHasExpired;
import dev.purser.domain.Rejection.HoldNotOpen;
import dev.purser.domain.Rejection.InsufficientCredits;
import dev.purser.domain.Rejection.SessionCapReached;
import dev.purser.domain.Rejection.WalletIsFrozen;
import dev.purser.domain.project.ProjectSettings.InvalidSetting;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldRenewed;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletFrozen;
import dev.purser.domain.wallet.WalletEvent.WalletOpened;
import dev.purser.domain.wallet.WalletEvent.WalletTermsChanged;
import dev.purser.domain.wallet.WalletEvent.WalletUnfrozen;
import dev.purser.domain.wallet.WalletTerms.Term;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WalletTest {
    @Nested
    class Open {
        @Test
        void opensEmpty() {
            WalletOpened opened = opened();
            fixture()
                    .givenNoPriorActivity()
                    .when(open(opened))
                    .expectEvents(opened)
                    .expectResultMessagePayload(new WalletView(
                            WALLET, opened.customerId(), opened.mode(), dollars("0"), dollars("0"), false));
        }

        @Test
        void refusesToOpenTwice() {
            given(opened()).when(open(opened())).expectException(rejected(new AlreadyExists("wallet")));
        }

        private OpenWallet open(WalletOpened opened) {
            return new OpenWallet(
                    opened.walletId(), opened.customerId(), opened.organizationId(), opened.projectId(), opened.mode());
        }
    }

    @Nested
    class Credit {
        @Test
        void addsToTheBalance() {
            given(opened(), credited("5", "5")).when(credit("2.5")).expectEvents(credited("2.5", "7.5"));
        }

        @Test
        void passesOnAFrozenWallet() {
            given(opened(), frozen()).when(credit("1")).expectEvents(credited("1", "1"));
        }

        @Test
        void refusesABalanceAboveTheLimit() {
            given(opened(), credited("999999999", "999999999"))
                    .when(credit("2"))
                    .expectNoEvents()
                    .expectException(rejected(new BalanceLimitExceeded(WalletState.MAX_BALANCE)));
        }
    }

    @Nested
    class HoldCredits {
        @Test
        void holdsUpToTheAvailableBalance() {
            given(opened(), credited("1", "1"), held("h1", "0.4"))
                    .when(hold("h2", "0.6"))
                    .expectEvents(held("h2", "0.6"));
        }

        @Test
        void refusesAHoldAboveTheAvailableBalance() {
            given(opened(), credited("1", "1"), held("h1", "0.4"))
                    .when(hold("h2", "0.600000001"))
                    .expectNoEvents()
                    .expectException(rejected(new InsufficientCredits(dollars("0.600000001"), dollars("0.6"))));
        }

        @Test
        void holdsNothingForAFreeCallOnAnEmptyWallet() {
            given(opened()).when(hold("h1", "0")).expectEvents(held("h1", "0"));
        }

        @Test
        void refusesWhileFrozen() {
            given(opened(), credited("1", "1"), frozen())
                    .when(hold("h1", "0"))
                    .expectException(rejected(new WalletIsFrozen()));
        }

        @Test
        void countsCallsUnderWayAgainstTheSessionsCap() {
            given(opened(), credited("10", "10"), capped("h1", "0.7"))
                    .when(cappedHold("h2", "0.4", "1"))
                    .expectNoEvents()
                    .expectException(rejected(new SessionCapReached(dollars("0.4"), dollars("0.3"))));
        }

        @Test
        void countsWhatWasSpentAndNotWhatWasHeldOnceTheCallIsBilled() {
            given(opened(), credited("10", "10"), capped("h1", "0.7"), sessionDebit("h1", "0.1", "9.9"))
                    .when(cappedHold("h2", "0.9", "1"))
                    .expectEvents(capped("h2", "0.9"));
        }
    }

    @Nested
    class CaptureHold {
        @Test
        void billsTheTrueCostAndFreesTheRest() {
            given(opened(), credited("1", "1"), held("h1", "0.4"))
                    .when(capture("h1", "0.1"))
                    .expectEvents(billed("h1", "0.4", "0.1", "0.1", "0.9"))
                    .expectResultMessagePayloadMatching(hasToString(containsString("held=0, ")));
        }

        @Test
        void takesWhatIsStillAvailableWhenTheCostIsAboveTheHold() {
            given(opened(), credited("1", "1"), held("h1", "0.4"), held("h2", "0.5"))
                    .when(capture("h1", "0.6"))
                    .expectEvents(billed("h1", "0.4", "0.6", "0.5", "0.5"));
        }

        @Test
        void neverLiftsASessionAboveItsCap() {
            given(opened(), credited("10", "10"), capped("h1", "0.7"))
                    .when(capture("h1", "5"))
                    .expectEvents(sessionDebit("h1", "5", "1", "9"));
        }

        @Test
        void refusesTheSecondBillOfAHold() {
            given(opened(), credited("1", "1"), held("h1", "0.4"), billed("h1", "0.4", "0.1", "0.1", "0.9"))
                    .when(capture("h1", "0.1"))
                    .expectNoEvents()
                    .expectException(rejected(new HoldNotOpen()));
        }

        @Test
        void billsACallWhoseHoldHasExpiredAsFarAsMoneyReaches() {
            given(opened(), credited("1", "1"), held("h1", "0.4"), expired("h1", "0.4"))
                    .when(capture("h1", "1.5"))
                    .expectEvents(debited("h1", "1.5", "1", "0"));
        }

        @Test
        void billsAFrozenWalletToo() {
            given(opened(), credited("1", "1"), held("h1", "0.4"), frozen())
                    .when(capture("h1", "0.4"))
                    .expectEvents(billed("h1", "0.4", "0.4", "0.4", "0.6"));
        }
    }

    @Nested
    class BackendHold {
        @Test
        void isCapturedWholeWhenNoAmountIsNamed() {
            given(opened(), credited("1", "1"), backend("h1", "0.4"))
                    .when(new WalletCommand.CaptureHold(WALLET, new HoldId("h1"), HoldOrigin.BACKEND, null, null, NOON))
                    .expectEvents(new UsageDebited(
                            new HoldId("h1"),
                            dollars("0.4"),
                            dollars("0.4"),
                            dollars("0.6"),
                            dollars("0.4"),
                            null,
                            null,
                            null,
                            null));
        }

        @Test
        void refusesACaptureAboveTheHold() {
            given(opened(), credited("1", "1"), backend("h1", "0.4"))
                    .when(backendCapture("h1", "0.5", NOON))
                    .expectException(rejected(new CaptureAboveHold(dollars("0.4"), dollars("0.5"))));
        }

        @Test
        void refusesACaptureAfterItsExpiryEvenIfNobodyHasClosedItYet() {
            given(opened(), credited("1", "1"), backend("h1", "0.4"))
                    .when(backendCapture("h1", "0.1", LATER))
                    .expectException(rejected(new HoldHasExpired()));
        }

        @Test
        void isInvisibleToTheGatewayAndTheOtherWayRound() {
            given(opened(), credited("1", "1"), backend("h1", "0.4"))
                    .when(capture("h1", "0.1"))
                    .expectException(rejected(new HoldNotOpen()));
            given(opened(), credited("1", "1"), held("h1", "0.4"))
                    .when(backendCapture("h1", "0.1", NOON))
                    .expectException(rejected(new HoldNotOpen()));
            given(opened(), credited("1", "1"), backend("h1", "0.4"))
                    .when(release("h1"))
                    .expectException(rejected(new HoldNotOpen()));
        }

        private CreditsHeld backend(String id, String amount) {
            WalletCommand.HoldCredits command = backendHold(id, amount);
            return new CreditsHeld(
                    command.holdId(), command.amount(), HoldOrigin.BACKEND, null, null, null, command.expiresAt());
        }
    }

    @Nested
    class ExpireHold {
        @Test
        void freesAnOverdueHold() {
            given(opened(), credited("1", "1"), held("h1", "0.4"))
                    .when(expire("h1", LATER))
                    .expectEvents(expired("h1", "0.4"));
        }

        @Test
        void leavesARenewedHoldAlone() {
            given(opened(), credited("1", "1"), held("h1", "0.4"), renewed("0", null))
                    .when(expire("h1", LATER))
                    .expectNoEvents();
        }

        @Test
        void billsTheLastFigureOnRecordAsRecovered() {
            Metering recovered = new Metering("m", "p", metering().usage(), UsageSource.RECOVERED, 1, "up1");
            given(opened(), credited("1", "1"), held("h1", "0.4"), renewed("0.2", metering()))
                    .when(expire("h1", LATER.plusSeconds(600)))
                    .expectEvents(new UsageDebited(
                            new HoldId("h1"),
                            dollars("0.2"),
                            dollars("0.2"),
                            dollars("0.8"),
                            dollars("0.4"),
                            null,
                            recovered,
                            null,
                            null));
        }

        private HoldRenewed renewed(String cost, @Nullable Metering used) {
            return new HoldRenewed(new HoldId("h1"), LATER.plusSeconds(600), dollars(cost), used);
        }
    }

    @Nested
    class Renew {
        @Test
        void refusesAClosedHold() {
            given(opened(), credited("1", "1"), held("h1", "0.4"), released("h1", "0.4"))
                    .when(new RenewHold(WALLET, new HoldId("h1"), LATER, dollars("0"), null))
                    .expectException(rejected(new HoldNotOpen()));
        }
    }

    @Nested
    class DebitUsage {
        @Test
        void takesFromTheAvailableBalance() {
            given(opened(), credited("1", "1")).when(debit("d1", "1")).expectEvents(debited("d1", "1", "1", "0"));
        }

        @Test
        void refusesToTouchHeldMoney() {
            given(opened(), credited("1", "1"), held("h1", "0.4"))
                    .when(debit("d1", "0.7"))
                    .expectException(rejected(new InsufficientCredits(dollars("0.7"), dollars("0.6"))));
        }

        @Test
        void refusesWhileFrozen() {
            given(opened(), credited("1", "1"), frozen())
                    .when(debit("d1", "0.7"))
                    .expectException(rejected(new WalletIsFrozen()));
        }
    }

    @Nested
    class Freeze {
        @Test
        void keepsReasonsAsASet() {
            given(opened(), frozen())
                    .when(new FreezeWallet(WALLET, FreezeReason.BACKEND))
                    .expectNoEvents();
            given(
                            opened(),
                            frozen(),
                            new WalletFrozen(FreezeReason.DISPUTE),
                            new WalletUnfrozen(FreezeReason.BACKEND, List.of(FreezeReason.DISPUTE)))
                    .when(hold("h1", "0"))
                    .expectException(rejected(new WalletIsFrozen()));
        }

        @Test
        void thawsWhenTheLastReasonIsGone() {
            given(opened(), frozen())
                    .when(new UnfreezeWallet(WALLET, FreezeReason.BACKEND))
                    .expectEvents(new WalletUnfrozen(FreezeReason.BACKEND, List.of()));
        }

        @Test
        void tellsDisputesApart() {
            FreezeReason one = FreezeReason.ofDispute("dp_1");
            FreezeReason other = FreezeReason.ofDispute("dp_2");
            given(opened(), new WalletFrozen(one), new WalletFrozen(other))
                    .when(new UnfreezeWallet(WALLET, one))
                    .expectEvents(new WalletUnfrozen(one, List.of(other)))
                    .expectResultMessagePayloadMatching(hasToString(containsString("frozen=true")));
        }

        @Test
        void knowsItsReasonsByTheirStoredText() {
            assertThat(new FreezeReason("dispute:dp_1").disputeId()).isEqualTo("dp_1");
            assertThat(FreezeReason.DISPUTE.isDispute()).isTrue();
            assertThat(FreezeReason.DISPUTE.disputeId()).isNull();
            assertThat(FreezeReason.BACKEND.isDispute()).isFalse();
            assertThatThrownBy(() -> new FreezeReason("dispute:")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new FreezeReason("whim")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Terms {
        @Test
        void changesOnlyWhatIsNamed() {
            WalletTerms before = new WalletTerms(new BigDecimal("20"), new BigDecimal("5"), null);
            given(opened(), new WalletTermsChanged(before))
                    .when(new ChangeWalletTerms(
                            WALLET,
                            new WalletTerms(null, new BigDecimal("7"), dollars("2")),
                            Set.of(Term.MARKUP_PERCENT, Term.LOW_BALANCE_THRESHOLD)))
                    .expectEvents(new WalletTermsChanged(new WalletTerms(null, new BigDecimal("5"), dollars("2"))));
            given(opened(), new WalletTermsChanged(before))
                    .when(new ChangeWalletTerms(WALLET, WalletTerms.NONE, Set.of()))
                    .expectNoEvents();
        }

        @Test
        void refusesWhatAProjectWouldRefuseAndNamesTheField() {
            assertThatThrownBy(() -> new WalletTerms(new BigDecimal("100.5"), null, null))
                    .isInstanceOfSatisfying(
                            InvalidSetting.class,
                            invalid -> assertThat(invalid.field()).isEqualTo("markupPercent"));
            assertThatThrownBy(() -> new WalletTerms(null, new BigDecimal("1001"), null))
                    .isInstanceOfSatisfying(
                            InvalidSetting.class,
                            invalid -> assertThat(invalid.field()).isEqualTo("bonusPercent"));
            assertThatThrownBy(() -> new WalletTerms(null, null, dollars("-1")))
                    .isInstanceOfSatisfying(
                            InvalidSetting.class,
                            invalid -> assertThat(invalid.field()).isEqualTo("lowBalanceThreshold"));
        }
    }

    private static AggregateTestFixture<Wallet> fixture() {
        return Fixtures.of(Wallet.class);
    }

    private static TestExecutor<Wallet> given(Object... events) {
        return fixture().given(events);
    }

    private static WalletFrozen frozen() {
        return new WalletFrozen(FreezeReason.BACKEND);
    }

    private static CreditsHeld capped(String id, String amount) {
        WalletCommand.HoldCredits command = cappedHold(id, amount, "1");
        return new CreditsHeld(
                command.holdId(), command.amount(), command.origin(), SESSION, command.cap(), "m", command.expiresAt());
    }

    private static UsageDebited sessionDebit(String id, String cost, String balance) {
        return sessionDebit(id, cost, cost, balance);
    }

    private static UsageDebited sessionDebit(String id, String cost, String charged, String balance) {
        return new UsageDebited(
                new HoldId(id),
                dollars(cost),
                dollars(charged),
                dollars(balance),
                dollars("0.7"),
                SESSION,
                metering(),
                null,
                null);
    }
}
