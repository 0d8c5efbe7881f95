package dev.purser.domain.wallet;

import static dev.purser.domain.wallet.WalletFixture.LATER;
import static dev.purser.domain.wallet.WalletFixture.NOON;
import static dev.purser.domain.wallet.WalletFixture.WALLET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.Rejected;
import dev.purser.domain.SessionId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.wallet.WalletEvent.CreditReinstated;
import dev.purser.domain.wallet.WalletEvent.CreditReversed;
import dev.purser.domain.wallet.WalletEvent.LossRecovered;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Seeded random command sequences; {@code -Dpurser.laws.runs} sets how many, a failure names its seed. */
class WalletLawsTest {
    private static final int RUNS = Integer.getInteger("purser.laws.runs", 300);
    private static final int COMMANDS = 400;
    private static final TopUpId TOP_UP = new TopUpId("tup1");
    private static final Money CAP = Money.ofDollars(3);

    @Test
    void moneyIsNeverMadeNorLostAndNoCapIsExceeded() {
        long first = Long.getLong("purser.laws.seed", 20_260_301L);
        for (long seed = first; seed < first + RUNS; seed++) {
            List<WalletEvent> history = new ArrayList<>();
            WalletState live = new WalletState(WalletFixture.opened());
            Random random = new Random(seed);
            for (int i = 0; i < COMMANDS; i++) {
                WalletEvent event = decide(live, random);
                if (event != null) {
                    live.evolve(event);
                    history.add(event);
                    for (LossRecovered recovery : live.recoveries(event)) {
                        live.evolve(recovery);
                        history.add(recovery);
                    }
                    requireLaws(live, history, seed);
                }
            }
            assertThat(replayed(history).snapshot())
                    .as("seed %d: replay = live", seed)
                    .isEqualTo(live.snapshot());
            int cut = random.nextInt(history.size());
            assertThat(fromSnapshotAt(cut, history))
                    .as("seed %d: snapshot of %d events and the rest = all events", seed, cut)
                    .isEqualTo(live.snapshot());
        }
    }

    /** Late holds are forgotten in the order of their coming, so this order counts too. */
    private static WalletSnapshot fromSnapshotAt(int cut, List<WalletEvent> history) {
        WalletSnapshot halfway =
                WalletSnapshotTest.throughJson(replayed(history.subList(0, cut)).snapshot());
        WalletState state = new WalletState(halfway);
        history.subList(cut, history.size()).forEach(state::evolve);
        assertThat(state.snapshot().late().keySet())
                .containsExactlyElementsOf(replayed(history).snapshot().late().keySet());
        return state.snapshot();
    }

    private static @Nullable WalletEvent decide(WalletState state, Random random) {
        HoldId id = new HoldId("h" + random.nextInt(40));
        Money amount = new Money(random.nextLong(2_000_000_000L));
        HoldOrigin origin = random.nextInt(4) == 0 ? HoldOrigin.BACKEND : HoldOrigin.GATEWAY;
        try {
            return switch (random.nextInt(10)) {
                case 0 ->
                    state.decide(new WalletCommand.CreditWallet(
                            WALLET, CreditKind.ADJUSTMENT, amount.plus(new Money(1)), null));
                case 1, 2, 3 -> hold(state, id, amount, origin, random);
                case 4, 5 ->
                    state.decide(new WalletCommand.CaptureHold(
                            WALLET, id, origin, amount, WalletFixture.metering(), random.nextBoolean() ? NOON : LATER));
                case 6 -> state.decide(new WalletCommand.ReleaseHold(WALLET, id, origin));
                case 7 ->
                    state.decide(new WalletCommand.ExpireHold(WALLET, id, random.nextBoolean() ? NOON : LATER))
                            .orElse(null);
                case 8 ->
                    random.nextBoolean()
                            ? state.reverse(TOP_UP, CreditKind.TOPUP, amount)
                            : state.reinstate(TOP_UP, CreditKind.TOPUP, amount, amount);
                default ->
                    random.nextBoolean()
                            ? state.decide(new WalletCommand.DebitUsage(
                                    WALLET,
                                    new HoldId("d" + random.nextInt(Integer.MAX_VALUE)),
                                    amount,
                                    null,
                                    null,
                                    null))
                            : freezeOrThaw(state, random);
            };
        } catch (Rejected refused) {
            return null;
        }
    }

    private static WalletEvent hold(WalletState state, HoldId id, Money amount, HoldOrigin origin, Random random) {
        SessionId session = random.nextBoolean() ? new SessionId("s" + random.nextInt(3)) : null;
        SessionCap cap = session == null ? null : new SessionCap(CAP, LATER);
        return state.decide(new WalletCommand.HoldCredits(WALLET, id, amount, origin, session, cap, "m", LATER));
    }

    private static @Nullable WalletEvent freezeOrThaw(WalletState state, Random random) {
        FreezeReason reason = random.nextBoolean() ? FreezeReason.BACKEND : FreezeReason.DISPUTE;
        return random.nextInt(3) == 0
                ? state.decide(new WalletCommand.FreezeWallet(WALLET, reason)).orElse(null)
                : state.decide(new WalletCommand.UnfreezeWallet(WALLET, reason)).orElse(null);
    }

    private static void requireLaws(WalletState state, List<WalletEvent> history, long seed) {
        WalletView view = state.view();
        assertThat(view.held()).as("seed %d: held", seed).isGreaterThanOrEqualTo(Money.ZERO);
        assertThat(view.available()).as("seed %d: available", seed).isGreaterThanOrEqualTo(Money.ZERO);
        Money credited = Money.ZERO;
        Money charged = Money.ZERO;
        Map<SessionId, Money> spent = new HashMap<>();
        for (WalletEvent event : history) {
            if (event instanceof WalletCredited credit) {
                credited = credited.plus(credit.amount());
            } else if (event instanceof CreditReversed reversal) {
                credited = credited.minus(reversal.reversed());
                assertThat(reversal.reversed())
                        .as("seed %d: reversed ≤ asked", seed)
                        .isLessThanOrEqualTo(reversal.asked());
            } else if (event instanceof LossRecovered recovery) {
                credited = credited.minus(recovery.amount());
            } else if (event instanceof CreditReinstated reinstated) {
                credited = credited.plus(reinstated.amount());
            } else if (event instanceof UsageDebited debit) {
                charged = charged.plus(debit.charged());
                assertThat(debit.charged()).as("seed %d: charged ≤ cost", seed).isLessThanOrEqualTo(debit.cost());
                if (debit.sessionId() != null) {
                    spent.merge(debit.sessionId(), debit.charged(), Money::plus);
                }
            }
        }
        assertThat(view.available().plus(view.held()))
                .as("seed %d: available + held = credited - reversed + reinstated - charged", seed)
                .isEqualTo(credited.minus(charged));
        assertThat(spent.values()).as("seed %d: caps", seed).allMatch(sum -> !sum.exceeds(CAP));
    }

    private static WalletState replayed(List<WalletEvent> history) {
        WalletState state = new WalletState(WalletFixture.opened());
        history.forEach(state::evolve);
        return state;
    }
}
