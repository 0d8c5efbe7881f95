package dev.purser.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.MemoryLedger.Recorded;
import dev.purser.domain.MoneyWorld.Payment;
import dev.purser.domain.books.AccountKind;
import dev.purser.domain.books.Posting;
import dev.purser.domain.books.Postings;
import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.margin.MarginAccount;
import dev.purser.domain.margin.MarginEvent;
import dev.purser.domain.margin.MarginId;
import dev.purser.domain.organization.OrganizationCommand.LinkStripeAccount;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.payout.PayoutCommand;
import dev.purser.domain.payout.PayoutCommand.RequestPayout;
import dev.purser.domain.payout.PayoutEvent;
import dev.purser.domain.topup.Share;
import dev.purser.domain.topup.TopUpCommand;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpEvent;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import dev.purser.domain.topup.TopUpStatus;
import dev.purser.domain.topup.TopUpView;
import dev.purser.domain.wallet.Wallet;
import dev.purser.domain.wallet.WalletCommand;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletEvent;
import dev.purser.domain.wallet.WalletEvent.HoldExpired;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.LossRecovered;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletSnapshot;
import dev.purser.domain.wallet.WalletView;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Seeded random sequences over all streams of money: quotes, payments, refunds, disputes, freezes, usage and payouts, heard of
 * late, repeatedly and in any order, half of them with crashes between any two appends. {@code -Dpurser.laws.moneyRuns} sets how many, {@code -Dpurser.laws.seed} the first; a
 * failure names its seed.
 */
class MoneyLawsTest {
    private static final int RUNS = Integer.getInteger("purser.laws.moneyRuns", 40);
    private static final int COMMANDS = 250;
    private static final int COMMANDS_PER_CRASH = 5;
    private static final List<Mode> MODES = List.of(Mode.LIVE, Mode.TEST);

    @Test
    void theBooksBalanceAndNothingHappensTwice() {
        long first = Long.getLong("purser.laws.seed", 20_260_301L);
        Set<Class<?>> seen = new HashSet<>();
        for (long seed = first; seed < first + RUNS; seed++) {
            Run run = new Run(seed);
            run.run();
            run.ledger.log().forEach(recorded -> seen.add(recorded.event().getClass()));
        }
        assertThat(seen)
                .as("a sequence in which nothing happens proves nothing")
                .contains(TopUpEvent.class.getPermittedSubclasses())
                .contains(MarginEvent.class.getPermittedSubclasses())
                .contains(PayoutEvent.class.getPermittedSubclasses())
                .contains(WalletEvent.class.getPermittedSubclasses());
    }

    private static final class Run {
        private final String context;
        private final MoneyWorld world;
        private final Random crashes;
        private MemoryLedger ledger;
        private final Books books = new Books();
        private final Tally tally = new Tally();

        Run(long seed) {
            context = "seed " + seed;
            world = new MoneyWorld(seed);
            crashes = new Random(seed);
            ledger = new MoneyFixture().ledger;
            ledger.send(new LinkStripeAccount(MoneyFixture.ORGANIZATION, "acct_1"));
        }

        void run() {
            boolean crashing = crashes.nextBoolean();
            for (int i = 0; i < COMMANDS; i++) {
                send(world.next());
                if (crashing && crashes.nextInt(COMMANDS_PER_CRASH) == 0) {
                    // A crash between two appends: what was in memory is gone, what is stored is read again.
                    ledger = ledger.replayed();
                }
            }
            world.rest().forEach(this::send);
            requireThatEverythingArrived();
            requireThatAReplayIsTheSame();
        }

        private void send(LedgerCommand<?> command) {
            Money owed = command instanceof WalletCommand ? claimed(command.streamId()) : Money.ZERO;
            Object answer = answer(command);
            List<Recorded> append = ledger.appended();
            requireThatWhatComesFreeIsTaken(owed, append, context + ": " + command);
            books.book(append, context + ": " + command);
            append.forEach(recorded -> tally.count(recorded, context));
            requireLaws(command);
            if (isIdempotent(command)) {
                Object again = answer(command);
                assertThat(ledger.appended())
                        .as("%s: %s again", context, command)
                        .isEmpty();
                assertThat(again).as("%s: %s again", context, command).isEqualTo(answer);
            }
        }

        /** The answer, or the refusal. */
        private Object answer(LedgerCommand<?> command) {
            try {
                return ledger.send(command);
            } catch (Rejected refused) {
                return refused.rejection();
            }
        }

        private static boolean isIdempotent(LedgerCommand<?> command) {
            return command instanceof TopUpCommand
                    || command instanceof PayoutCommand
                    || command instanceof FreezeWallet
                    || command instanceof UnfreezeWallet;
        }

        private void requireLaws(LedgerCommand<?> command) {
            String after = context + ", after " + command;
            for (WalletId id : List.of(MoneyFixture.WALLET, MoneyFixture.TEST_WALLET)) {
                WalletSnapshot wallet = wallet(ledger, id);
                Money held = books.of(AccountKind.WALLET_HELD, id.value());
                assertThat(wallet.balance()).as(after).isGreaterThanOrEqualTo(Money.ZERO);
                assertThat(wallet.claims().values()).as("%s: claims", after).allMatch(Money::isPositive);
                assertThat(wallet.claims().values().stream().reduce(Money.ZERO, Money::plus))
                        .as("%s: what can still be recovered is held", after)
                        .isLessThanOrEqualTo(held.negated());
                assertThat(books.of(AccountKind.WALLET, id.value()).plus(held))
                        .as("%s: balance = wallet + held", after)
                        .isEqualTo(wallet.balance().negated());
                WalletView view = ledger.send(new ExpireHold(id, new HoldId("none"), Instant.EPOCH));
                assertThat(held).as("%s: held", after).isEqualTo(view.held().negated());
                assertThat(books.of(AccountKind.WALLET, id.value()))
                        .as("%s: available", after)
                        .isLessThanOrEqualTo(Money.ZERO);
            }
            for (Mode mode : MODES) {
                String stream = new MarginId(MoneyFixture.ORGANIZATION, mode).streamId();
                assertThat(books.of(AccountKind.MARGIN, stream).negated())
                        .as("%s: margin", after)
                        .isEqualTo(tally.margin(stream))
                        .isEqualTo(margin(ledger, stream));
            }
            assertThat(books.total(AccountKind.LOSS_REFUNDS))
                    .as("%s: losses", after)
                    .isEqualTo(tally.losses)
                    .isGreaterThanOrEqualTo(Money.ZERO);
            assertThat(books.total(AccountKind.PAYOUTS_IN_FLIGHT))
                    .as("%s: in flight", after)
                    .isEqualTo(tally.inFlight.negated());
            assertThat(books.total(AccountKind.STRIPE_CLEARING))
                    .as("%s: at Stripe", after)
                    .isEqualTo(tally.atStripe());
            assertThat(tally.taken.values())
                    .as("%s: refunded + disputed <= paid", after)
                    .allMatch(taken -> !taken.cash().isNegative());
            tally.taken.forEach((stream, taken) -> {
                assertThat(taken.cash())
                        .as("%s: refunded + disputed of %s", after, stream)
                        .isLessThanOrEqualTo(tally.paid(stream));
                assertThat(tally.givenBack.net(stream))
                        .as("%s: a wallet gives back what is asked or less, and gets it again once", after)
                        .isBetween(Money.ZERO, taken.net());
                assertThat(tally.givenBack.bonus(stream))
                        .as("%s: and so with the bonus", after)
                        .isBetween(tally.returnedBonus(stream), taken.bonus());
            });
        }

        private void requireThatEverythingArrived() {
            world.payments().forEach((id, payment) -> {
                TopUpView view = ledger.send(new RecordPaymentIntent(id, MoneyWorld.intent(id)));
                String what = context + ": " + view;
                assertThat(view.status() == TopUpStatus.SETTLED).as(what).isEqualTo(payment.paid);
                if (payment.paid) {
                    requireAll(view, payment, what);
                }
            });
        }

        private void requireAll(TopUpView view, Payment payment, String what) {
            assertThat(view.refunded().plus(view.disputed())).as(what).isEqualTo(payment.gone());
            String stream = view.topUpId().value();
            if (payment.gone().equals(payment.total)) {
                TopUpSettled settled = tally.settled(stream);
                assertThat(tally.taken.get(stream))
                        .as("%s: all of it, to the nano-dollar", what)
                        .isEqualTo(new Share(
                                settled.paid(),
                                settled.platformFee(),
                                settled.netCredited(),
                                settled.bonusCredited(),
                                settled.margin()));
            }
            boolean open = payment.disputes.size() > payment.closed.size();
            if (!open) {
                assertThat(tally.returnedBonus(stream))
                        .as("%s: what is taken of a bonus for good may be given again", what)
                        .isEqualTo(tally.givenBack.bonus(stream));
            }
            boolean frozen = wallet(ledger, view.walletId()).frozenFor().stream()
                    .anyMatch(reason ->
                            reason.isDispute() && payment.disputes.containsKey(String.valueOf(reason.disputeId())));
            assertThat(frozen).as("%s: frozen while disputed", what).isEqualTo(open);
        }

        private void requireThatAReplayIsTheSame() {
            MemoryLedger replayed = ledger.replayed();
            for (WalletId id : List.of(MoneyFixture.WALLET, MoneyFixture.TEST_WALLET)) {
                assertThat(wallet(replayed, id)).as(context).isEqualTo(wallet(ledger, id));
            }
            for (Mode mode : MODES) {
                String stream = new MarginId(MoneyFixture.ORGANIZATION, mode).streamId();
                if (tally.margins.containsKey(stream)) {
                    assertThat(replayed.read(MarginAccount.class, stream, MarginAccount::snapshot))
                            .as(context)
                            .isEqualTo(ledger.read(MarginAccount.class, stream, MarginAccount::snapshot));
                }
            }
            for (TopUpId id : world.payments().keySet()) {
                RecordPaymentIntent look = new RecordPaymentIntent(id, MoneyWorld.intent(id));
                assertThat(replayed.send(look)).as(context).isEqualTo(ledger.send(look));
            }
            for (PayoutId id : tally.payouts) {
                RequestPayout look =
                        new RequestPayout(id, MoneyFixture.ORGANIZATION, "acct_1", HoldBack.NONE, false, world.now());
                assertThat(replayed.send(look)).as(context).isEqualTo(ledger.send(look));
            }
            LinkStripeAccount look = new LinkStripeAccount(MoneyFixture.ORGANIZATION, "acct_2");
            OrganizationView organization = ledger.send(look);
            assertThat(replayed.send(look)).as(context).isEqualTo(organization);
            assertThat(Tally.sum(organization.promotionalCredits().portions()))
                    .as("%s: promotional credits", context)
                    .isEqualTo(tally.promotional);
        }

        private Money claimed(String wallet) {
            return ledger.read(Wallet.class, wallet, Wallet::snapshot).claims().values().stream()
                    .reduce(Money.ZERO, Money::plus);
        }

        /** Of what a closed hold has freed; it is what the books have moved to the wallet. */
        private static void requireThatWhatComesFreeIsTaken(Money owed, List<Recorded> append, String what) {
            Money freed = Money.ZERO;
            Money recovered = Money.ZERO;
            for (Recorded recorded : append) {
                if (recorded.event() instanceof LossRecovered recovery) {
                    recovered = recovered.plus(recovery.amount());
                } else if (recorded.event() instanceof WalletEvent event && isClosing(event)) {
                    freed = freed.minus(toWallet(event));
                }
            }
            assertThat(recovered)
                    .as("%s: recovered of %s", what, owed)
                    .isEqualTo(freed.max(Money.ZERO).min(owed));
        }

        private static boolean isClosing(WalletEvent event) {
            return event instanceof UsageDebited || event instanceof HoldReleased || event instanceof HoldExpired;
        }

        private static Money toWallet(WalletEvent event) {
            return Postings.of(event).stream()
                    .filter(posting -> posting.account() == AccountKind.WALLET)
                    .map(Posting::amount)
                    .reduce(Money.ZERO, Money::plus);
        }

        private static WalletSnapshot wallet(MemoryLedger ledger, WalletId id) {
            return ledger.read(Wallet.class, id.value(), Wallet::snapshot);
        }

        private Money margin(MemoryLedger ledger, String stream) {
            return tally.margins.containsKey(stream)
                    ? ledger.read(MarginAccount.class, stream, MarginAccount::balance)
                    : Money.ZERO;
        }
    }
}
