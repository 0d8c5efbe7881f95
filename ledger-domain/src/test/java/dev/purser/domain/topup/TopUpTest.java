package dev.purser.domain.topup;

import static dev.purser.domain.MoneyFixture.CUSTOMER;
import static dev.purser.domain.MoneyFixture.INTENT;
import static dev.purser.domain.MoneyFixture.NOON;
import static dev.purser.domain.MoneyFixture.ORGANIZATION;
import static dev.purser.domain.MoneyFixture.PROJECT;
import static dev.purser.domain.MoneyFixture.TEST_WALLET;
import static dev.purser.domain.MoneyFixture.TOP_UP;
import static dev.purser.domain.MoneyFixture.WALLET;
import static dev.purser.domain.MoneyFixture.dollars;
import static dev.purser.domain.MoneyFixture.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.MoneyFixture;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection.BalanceLimitExceeded;
import dev.purser.domain.Rejection.Unknown;
import dev.purser.domain.TopUpId;
import dev.purser.domain.margin.MarginEvent.MarginAccountOpened;
import dev.purser.domain.margin.MarginEvent.MarginAccrued;
import dev.purser.domain.margin.MarginEvent.MarginClawedBack;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsReturned;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsSpent;
import dev.purser.domain.organization.PromotionalPortion;
import dev.purser.domain.topup.TopUpCommand.ApplyMarkup;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.ResolveDispute;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.topup.TopUpEvent.DisputeAnnounced;
import dev.purser.domain.topup.TopUpEvent.DisputeResolved;
import dev.purser.domain.topup.TopUpEvent.MarkupApplied;
import dev.purser.domain.topup.TopUpEvent.PaymentIntentCreated;
import dev.purser.domain.topup.TopUpEvent.RefundAnnounced;
import dev.purser.domain.topup.TopUpEvent.ResolutionAnnounced;
import dev.purser.domain.topup.TopUpEvent.TopUpDisputed;
import dev.purser.domain.topup.TopUpEvent.TopUpParked;
import dev.purser.domain.topup.TopUpEvent.TopUpRefunded;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletEvent.CreditReinstated;
import dev.purser.domain.wallet.WalletEvent.CreditReversed;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.domain.wallet.WalletEvent.WalletFrozen;
import dev.purser.domain.wallet.WalletEvent.WalletUnfrozen;
import dev.purser.domain.wallet.WalletTerms;
import dev.purser.domain.wallet.WalletTerms.Term;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TopUpTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final FreezeReason DISPUTED = FreezeReason.ofDispute("dp_1");
    /** Of the whole payment of 26.25, with the bonus of 2. */
    private static final Share ALL = share("26.25", "1.25", "20", "2", "5");

    private final MoneyFixture money = new MoneyFixture();

    @Nested
    class Quote {
        @Test
        void followsTheProjectsTermsAndTheWalletsOwnWhereItHasSome() {
            assertThat(money.quote(TOP_UP, 25).quote().netCredited()).isEqualTo(dollars("20"));

            WalletTerms own = new WalletTerms(BigDecimal.ZERO, null, null);
            money.ledger.send(new ChangeWalletTerms(WALLET, own, Set.of(Term.MARKUP_PERCENT)));
            TopUpQuote quote = money.quote(new TopUpId("tup2"), 25).quote();
            assertThat(quote.netCredited()).isEqualTo(dollars("25"));
            assertThat(quote.bonusCredited()).as("10 % by the project").isEqualTo(dollars("2.5"));
        }

        @Test
        void isFrozen() {
            TopUpView first = money.quote(TOP_UP, 25);
            WalletTerms own = new WalletTerms(BigDecimal.ZERO, null, null);
            money.ledger.send(new ChangeWalletTerms(WALLET, own, Set.of(Term.MARKUP_PERCENT)));

            assertThat(money.quote(TOP_UP, 25)).isEqualTo(first);
            assertThat(money.ledger.events()).isEmpty();
        }

        @Test
        void isGivenToAFrozenWalletToo() {
            money.ledger.send(new FreezeWallet(WALLET, FreezeReason.OPERATOR));

            assertThat(money.quote(TOP_UP, 25).status()).isEqualTo(TopUpStatus.QUOTED);
        }

        @Test
        void isRefusedWhereTheCreditWouldNotFit() {
            money.ledger.send(new CreditWallet(WALLET, CreditKind.ADJUSTMENT, dollars("999999990"), null));

            assertThatThrownBy(() -> money.quote(TOP_UP, 25))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            refused -> assertThat(refused.rejection()).isInstanceOf(BalanceLimitExceeded.class));
        }

        @Test
        void refusesAmountsAndFeesOutOfRange() {
            assertThatThrownBy(() -> command(0, "5")).hasMessageContaining("dollars");
            assertThatThrownBy(() -> command(1_000_001, "5")).hasMessageContaining("dollars");
            assertThatThrownBy(() -> command(10, "-1")).hasMessageContaining("feePercent");
            assertThatThrownBy(() -> command(10, "100.1")).hasMessageContaining("feePercent");
        }

        @Test
        void keepsTheFirstPaymentMadeForIt() {
            money.quoted();
            TopUpView view = money.ledger.send(new RecordPaymentIntent(TOP_UP, "pi_2"));

            assertThat(view.paymentIntentId()).isEqualTo(INTENT);
            assertThat(money.ledger.events()).isEmpty();
        }

        private static QuoteTopUp command(int dollars, String fee) {
            return new QuoteTopUp(
                    TOP_UP, WALLET, CUSTOMER, ORGANIZATION, PROJECT, Mode.LIVE, dollars, new BigDecimal(fee));
        }
    }

    @Nested
    class Settlement {
        @Test
        void isOneAppendOverAllStreams() {
            money.grant("1", NOON.plusSeconds(60));
            money.grant("5", null);
            money.quoted();
            TopUpView view = money.settle();

            List<PromotionalPortion> portions = List.of(
                    new PromotionalPortion(dollars("1"), NOON.plusSeconds(60)),
                    new PromotionalPortion(dollars("1"), null));
            assertThat(money.ledger.events())
                    .containsExactlyInAnyOrder(
                            new PromotionalCreditsSpent(TOP_UP, dollars("2"), portions),
                            new MarkupApplied(new BigDecimal("25"), dollars("5")),
                            new TopUpSettled(
                                    INTENT,
                                    "ch_1",
                                    dollars("26.25"),
                                    dollars("1.25"),
                                    dollars("20"),
                                    dollars("2"),
                                    dollars("5"),
                                    portions,
                                    NOON),
                            new WalletCredited(CreditKind.TOPUP, dollars("20"), dollars("20"), null, TOP_UP),
                            new WalletCredited(CreditKind.BONUS, dollars("2"), dollars("22"), null, TOP_UP),
                            new MarginAccountOpened(ORGANIZATION, Mode.LIVE),
                            new MarginAccrued(TOP_UP, dollars("5"), dollars("5"), DAY));
            assertThat(view.status()).isEqualTo(TopUpStatus.SETTLED);
            assertThat(view.bonusCredited()).isEqualTo(dollars("2"));
            assertThat(view.chargeId()).isEqualTo("ch_1");
        }

        @Test
        void happensOnce() {
            money.settled();
            TopUpView again = money.settle();

            assertThat(money.ledger.events()).isEmpty();
            assertThat(again.status()).isEqualTo(TopUpStatus.SETTLED);
            assertThat(money.wallet().balance()).isEqualTo(dollars("20"));
        }

        @Test
        void givesNoMoreBonusThanThereAreUnexpiredPromotionalCredits() {
            money.grant("1.5", null);
            money.grant("7", NOON);
            money.settled();

            assertThat(money.wallet().balance()).isEqualTo(dollars("21.5"));
        }

        @Test
        void happensInTestModeWithoutBonusToAnAccountOfItsOwn() {
            money.grant("5", null);
            money.quote(TOP_UP, TEST_WALLET, Mode.TEST, 25);
            money.ledger.send(new SettleTopUp(TOP_UP, INTENT, null, dollars("26.25"), "USD", Mode.TEST, NOON));

            assertThat(money.ledger.events())
                    .contains(
                            new PaymentIntentCreated(INTENT),
                            new MarginAccountOpened(ORGANIZATION, Mode.TEST),
                            new WalletCredited(CreditKind.TOPUP, dollars("20"), dollars("20"), null, TOP_UP))
                    .noneMatch(PromotionalCreditsSpent.class::isInstance);
        }

        @Test
        void findsTheMarkupAppliedAlready() {
            money.quoted();
            money.ledger.send(new ApplyMarkup(TOP_UP));
            assertThat(money.ledger.events()).containsExactly(new MarkupApplied(new BigDecimal("25"), dollars("5")));
            money.settle();

            assertThat(money.ledger.events()).noneMatch(MarkupApplied.class::isInstance);
            assertThat(money.ledger.events()).anyMatch(MarginAccrued.class::isInstance);
        }

        @Test
        void passesTheLimitOfABalanceBecauseTheMoneyWasTaken() {
            money.quoted();
            money.ledger.send(new CreditWallet(WALLET, CreditKind.ADJUSTMENT, dollars("1000000000"), null));

            assertThat(money.settle().status()).isEqualTo(TopUpStatus.SETTLED);
        }

        @Test
        void isRefusedForATopUpThatIsNotKnown() {
            assertThatThrownBy(money::settle)
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            refused -> assertThat(refused.rejection()).isEqualTo(new Unknown("top-up")));
        }
    }

    @Nested
    class Mismatch {
        @Test
        void ofTheAmountIsParkedOnce() {
            money.quoted();
            TopUpView view = money.ledger.send(settlement("26.24"));

            assertThat(money.ledger.events())
                    .containsExactly(new TopUpParked(INTENT, ParkReason.AMOUNT, dollars("26.24"), "usd", Mode.LIVE));
            assertThat(view.status()).isEqualTo(TopUpStatus.PARKED);
            money.ledger.send(settlement("26.24"));
            assertThat(money.ledger.events()).isEmpty();
            assertThat(money.wallet().balance()).isEqualTo(Money.ZERO);
        }

        @Test
        void ofCurrencyModeAndPaymentIsParked() {
            money.quoted();

            assertThat(reason(INTENT, "eur", Mode.LIVE)).isEqualTo(ParkReason.CURRENCY);
            assertThat(reason(INTENT, "usd", Mode.TEST)).isEqualTo(ParkReason.MODE);
            assertThat(reason("pi_2", "usd", Mode.LIVE)).isEqualTo(ParkReason.INTENT);
        }

        @Test
        void doesNotStandInTheWayOfTheRightPayment() {
            money.quoted();
            money.ledger.send(settlement("1"));

            assertThat(money.settle().status()).isEqualTo(TopUpStatus.SETTLED);
            assertThat(money.wallet().balance()).isEqualTo(dollars("20"));
        }

        private ParkReason reason(String intent, String currency, Mode mode) {
            money.ledger.send(new SettleTopUp(TOP_UP, intent, null, dollars("26.25"), currency, mode, NOON));
            return ((TopUpParked) money.ledger.events().getFirst()).reason();
        }
    }

    @Nested
    class Refund {
        @Test
        void goesBackInProportionAndOnlyAsFarAsItHasGrown() {
            money.grant("2", null);
            money.settled();
            money.refund("5.25");

            Taken taken = new Taken(dollars("4"), dollars("0.4"));
            assertThat(money.ledger.events())
                    .containsExactlyInAnyOrder(
                            new CreditReversed(TOP_UP, CreditKind.TOPUP, dollars("4"), dollars("4"), dollars("18")),
                            new CreditReversed(
                                    TOP_UP, CreditKind.BONUS, dollars("0.4"), dollars("0.4"), dollars("17.6")),
                            new PromotionalCreditsReturned(
                                    TOP_UP, dollars("0.4"), List.of(new PromotionalPortion(dollars("0.4"), null))),
                            new MarginClawedBack(TOP_UP, dollars("1"), dollars("4"), DAY),
                            new TopUpRefunded(dollars("5.25"), share("5.25", "0.25", "4", "0.4", "1"), taken));
            money.refund("5.25");
            assertThat(money.ledger.events()).isEmpty();
            money.refund("1");
            assertThat(money.ledger.events()).isEmpty();
            assertThat(money.refund("26.25").refunded()).isEqualTo(dollars("26.25"));
            assertThat(money.wallet().balance()).isEqualTo(Money.ZERO);
        }

        @Test
        void takesExactlyEverythingInTheEndHoweverItIsSliced() {
            money.grant("2", null);
            money.settled();
            Share sum = Share.NONE;
            for (int cents = 1; cents <= 2_625; cents += 7) {
                money.ledger.send(new RefundTopUp(TOP_UP, INTENT, Mode.LIVE, cents(cents)));
                sum = sum.plus(refunded().share());
                assertThat(List.of(refunded().share()))
                        .allMatch(share -> !share.platformFee().isNegative()
                                && !share.net().isNegative()
                                && !share.margin().isNegative()
                                && !share.bonus().isNegative());
            }
            money.refund("26.25");
            if (!money.ledger.events().isEmpty()) {
                sum = sum.plus(refunded().share());
            }

            assertThat(sum).isEqualTo(ALL);
        }

        @Test
        void ofMoneyThatIsSpentIsALossAndOfMoneyThatIsHeldToo() {
            money.settled();
            money.spend("dbt1", "8");
            money.hold("req1", "7");
            money.refund("26.25");

            assertThat(money.ledger.events())
                    .contains(
                            new CreditReversed(TOP_UP, CreditKind.TOPUP, dollars("20"), dollars("5"), dollars("7")),
                            new MarginClawedBack(TOP_UP, dollars("5"), dollars("0"), DAY));
        }

        @Test
        void thatComesBeforeTheSettlementIsAppliedWithIt() {
            money.quoted();
            money.refund("5.25");
            money.refund("10.5");
            assertThat(money.ledger.events()).containsExactly(new RefundAnnounced(dollars("10.5")));
            money.refund("5.25");
            assertThat(money.ledger.events()).isEmpty();
            TopUpView view = money.settle();

            assertThat(view.refunded()).isEqualTo(dollars("10.5"));
            assertThat(money.wallet().balance()).isEqualTo(dollars("12"));
        }

        @Test
        void ofAnotherPaymentIsIgnored() {
            money.settled();
            money.ledger.send(new RefundTopUp(TOP_UP, "pi_2", Mode.LIVE, dollars("26.25")));

            assertThat(money.ledger.events()).isEmpty();
        }

        @Test
        void thatIsSaidByTheStripeOfTheOtherModeIsIgnored() {
            RefundTopUp foreign = new RefundTopUp(TOP_UP, INTENT, Mode.TEST, dollars("26.25"));
            money.quoted();
            money.ledger.send(foreign);
            assertThat(money.ledger.events()).as("before the settlement").isEmpty();
            TopUpView settled = money.settle();

            assertThat(money.ledger.send(foreign)).isEqualTo(settled);
            assertThat(money.ledger.events()).isEmpty();
            assertThat(money.wallet().balance()).isEqualTo(dollars("20"));
        }

        @Test
        void givesBonusBackToTheCreditsThatItWasTakenFromTheLastFirst() {
            money.grant("1.5", NOON.plusSeconds(60));
            money.grant("5", null);
            money.settled();
            money.refund("13.125");
            assertThat(money.ledger.events())
                    .contains(new PromotionalCreditsReturned(
                            TOP_UP,
                            dollars("1"),
                            List.of(
                                    new PromotionalPortion(dollars("0.5"), null),
                                    new PromotionalPortion(dollars("0.5"), NOON.plusSeconds(60)))));
            money.refund("26.25");

            assertThat(money.ledger.events())
                    .contains(new PromotionalCreditsReturned(
                            TOP_UP, dollars("1"), List.of(new PromotionalPortion(dollars("1"), NOON.plusSeconds(60)))));
        }

        private TopUpRefunded refunded() {
            return money.ledger.events().stream()
                    .filter(TopUpRefunded.class::isInstance)
                    .map(TopUpRefunded.class::cast)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Nested
    class Disputes {
        @Test
        void takeTheMoneyAndFreezeTheWallet() {
            money.grant("2", null);
            money.settled();
            money.spend("dbt1", "7");
            TopUpView view = money.dispute("dp_1", "26.25");

            Taken taken = new Taken(dollars("15"), dollars("0"));
            assertThat(money.ledger.events())
                    .containsExactlyInAnyOrder(
                            new CreditReversed(TOP_UP, CreditKind.TOPUP, dollars("20"), dollars("15"), dollars("0")),
                            new CreditReversed(TOP_UP, CreditKind.BONUS, dollars("2"), dollars("0"), dollars("0")),
                            new WalletFrozen(DISPUTED),
                            new MarginClawedBack(TOP_UP, dollars("5"), dollars("0"), DAY),
                            new TopUpDisputed("dp_1", dollars("26.25"), ALL, taken));
            assertThat(view.disputed()).isEqualTo(dollars("26.25"));
            money.dispute("dp_1", "26.25");
            assertThat(money.ledger.events()).isEmpty();
        }

        @Test
        void giveBackExactlyWhatTheyTookWhenTheyAreWon() {
            money.grant("2", null);
            money.settled();
            money.spend("dbt1", "7");
            money.dispute("dp_1", "26.25");
            TopUpView view = money.resolve("dp_1", true);

            assertThat(money.ledger.events())
                    .containsExactlyInAnyOrder(
                            new WalletUnfrozen(DISPUTED, List.of()),
                            new CreditReinstated(
                                    TOP_UP, CreditKind.TOPUP, dollars("15"), dollars("5"), dollars("15"), null),
                            new MarginAccrued(TOP_UP, dollars("5"), dollars("5"), DAY),
                            new DisputeResolved("dp_1", true, ALL, new Taken(dollars("15"), dollars("0"))));
            assertThat(view.disputed()).isEqualTo(Money.ZERO);
            money.resolve("dp_1", true);
            assertThat(money.ledger.events()).isEmpty();
            money.resolve("dp_1", false);
            assertThat(money.ledger.events()).as("the first outcome counts").isEmpty();
        }

        @Test
        void giveTheBonusToTheOrganizationWhenTheyAreLost() {
            money.grant("2", null);
            money.settled();
            money.dispute("dp_1", "26.25");
            assertThat(money.ledger.events()).noneMatch(PromotionalCreditsReturned.class::isInstance);
            TopUpView view = money.resolve("dp_1", false);

            assertThat(money.ledger.events())
                    .containsExactlyInAnyOrder(
                            new WalletUnfrozen(DISPUTED, List.of()),
                            new PromotionalCreditsReturned(
                                    TOP_UP, dollars("2"), List.of(new PromotionalPortion(dollars("2"), null))),
                            new DisputeResolved("dp_1", false, Share.NONE, Taken.NOTHING));
            assertThat(view.disputed()).isEqualTo(dollars("26.25"));
        }

        @Test
        void andRefundsTogetherNeverTakeMoreThanWasPaid() {
            money.settled();
            money.refund("10.5");
            TopUpView view = money.dispute("dp_1", "26.25");

            assertThat(view.refunded()).isEqualTo(dollars("10.5"));
            assertThat(view.disputed()).isEqualTo(dollars("15.75"));
            assertThat(money.refund("21").refunded()).isEqualTo(dollars("10.5"));
        }

        @Test
        void thatAreWonMakeRoomForTheRefundsThatFoundNone() {
            money.settled();
            money.dispute("dp_1", "26.25");
            money.refund("10.5");
            assertThat(money.ledger.events())
                    .containsExactly(new TopUpRefunded(dollars("10.5"), Share.NONE, Taken.NOTHING));
            TopUpView view = money.resolve("dp_1", true);

            assertThat(view.refunded()).isEqualTo(dollars("10.5"));
            assertThat(view.disputed()).isEqualTo(Money.ZERO);
            assertThat(money.wallet().balance()).isEqualTo(dollars("12"));
        }

        @Test
        void thatAreWonMakeRoomForOtherDisputes() {
            money.settled();
            money.dispute("dp_1", "26.25");
            money.dispute("dp_2", "10.5");
            money.resolve("dp_2", false);
            TopUpView view = money.resolve("dp_1", true);

            assertThat(view.disputed()).isEqualTo(dollars("10.5"));
            assertThat(money.wallet().balance()).isEqualTo(dollars("12"));
            assertThat(money.wallet().frozenFor()).isEmpty();
        }

        @Test
        void thatComeInTheWrongOrderEndAsInTheRightOne() {
            money.quoted();
            money.resolve("dp_1", true);
            assertThat(money.ledger.events()).containsExactly(new ResolutionAnnounced("dp_1", true));
            money.dispute("dp_1", "26.25");
            assertThat(money.ledger.events()).containsExactly(new DisputeAnnounced("dp_1", dollars("26.25")));
            money.dispute("dp_2", "5.25");
            TopUpView view = money.settle();

            assertThat(view.disputed()).isEqualTo(dollars("5.25"));
            assertThat(money.wallet().balance()).isEqualTo(dollars("16"));
            assertThat(money.wallet().frozenFor()).containsExactly(FreezeReason.ofDispute("dp_2"));
        }

        @Test
        void thatAreSaidByTheStripeOfTheOtherModeAreIgnored() {
            DisputeTopUp foreign = new DisputeTopUp(TOP_UP, INTENT, Mode.TEST, "dp_1", dollars("26.25"));
            ResolveDispute foreignEnd = new ResolveDispute(TOP_UP, INTENT, Mode.TEST, "dp_1", true);
            money.quoted();
            assertNothingHappensBy(foreign);
            assertNothingHappensBy(foreignEnd);
            money.settle();
            assertNothingHappensBy(foreign);
            assertNothingHappensBy(foreignEnd);
            money.dispute("dp_1", "26.25");
            assertNothingHappensBy(foreignEnd);

            assertThat(money.wallet().frozenFor()).containsExactly(DISPUTED);
            assertThat(money.resolve("dp_1", false).disputed()).isEqualTo(dollars("26.25"));
        }

        private void assertNothingHappensBy(TopUpCommand command) {
            money.ledger.send(command);
            assertThat(money.ledger.events()).as("%s", command).isEmpty();
        }

        @Test
        void mayEndBeforeTheyBeginAfterTheSettlementToo() {
            money.settled();
            money.resolve("dp_1", false);
            money.dispute("dp_1", "26.25");

            assertThat(money.ledger.events()).contains(new DisputeResolved("dp_1", false, Share.NONE, Taken.NOTHING));
            assertThat(money.wallet().balance()).isEqualTo(Money.ZERO);
            assertThat(money.wallet().frozenFor()).isEmpty();
        }
    }

    private static Money cents(long cents) {
        return new Money(cents * 10_000_000L);
    }

    private static Share share(String cash, String fee, String net, String bonus, String margin) {
        return new Share(dollars(cash), dollars(fee), dollars(net), dollars(bonus), dollars(margin));
    }
}
