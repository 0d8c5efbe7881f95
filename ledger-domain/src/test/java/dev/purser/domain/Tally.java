package dev.purser.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.MemoryLedger.Recorded;
import dev.purser.domain.margin.MarginEvent.MarginAccrued;
import dev.purser.domain.margin.MarginEvent.MarginClawedBack;
import dev.purser.domain.margin.MarginEvent.MarginReserved;
import dev.purser.domain.margin.MarginEvent.MarginRestored;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsGranted;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsReturned;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsSpent;
import dev.purser.domain.organization.PromotionalPortion;
import dev.purser.domain.payout.PayoutEvent.PayoutFailed;
import dev.purser.domain.payout.PayoutEvent.PayoutPaid;
import dev.purser.domain.payout.PayoutEvent.PayoutRequested;
import dev.purser.domain.topup.Share;
import dev.purser.domain.topup.TopUpEvent.DisputeResolved;
import dev.purser.domain.topup.TopUpEvent.TopUpDisputed;
import dev.purser.domain.topup.TopUpEvent.TopUpRefunded;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.WalletEvent.CreditReinstated;
import dev.purser.domain.wallet.WalletEvent.CreditReversed;
import dev.purser.domain.wallet.WalletEvent.LossRecovered;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;

/** The same sums as the books', made of the events in another way. */
final class Tally {
    final Map<String, Money> margins = new HashMap<>();
    final Map<String, TopUpSettled> settled = new HashMap<>();
    final Map<String, Share> taken = new HashMap<>();
    final GivenBack givenBack = new GivenBack();
    final Map<String, Money> returnedBonus = new HashMap<>();
    final Set<PayoutId> payouts = new HashSet<>();
    Money losses = Money.ZERO;
    Money inFlight = Money.ZERO;
    Money transferred = Money.ZERO;
    Money promotional = Money.ZERO;

    void count(Recorded recorded, String context) {
        String stream = recorded.stream();
        switch (recorded.event()) {
            case MarginAccrued event -> margin(stream, event.amount(), event.balance(), context);
            case MarginClawedBack event -> margin(stream, event.amount().negated(), event.balance(), context);
            case MarginReserved event -> {
                margin(stream, event.amount().negated(), event.balance(), context);
                inFlight = inFlight.plus(event.amount());
            }
            case MarginRestored event -> {
                margin(stream, event.amount(), event.balance(), context);
                inFlight = inFlight.minus(event.amount());
            }
            case PayoutRequested event -> payouts.add(event.payoutId());
            case PayoutPaid event -> {
                inFlight = inFlight.minus(event.amount());
                transferred = transferred.plus(event.amount());
            }
            case PayoutFailed event
            when event.afterPaid() -> {
                inFlight = inFlight.plus(event.amount());
                transferred = transferred.minus(event.amount());
            }
            case TopUpSettled event -> {
                assertThat(settled.put(stream, event))
                        .as("%s: settled once", context)
                        .isNull();
                taken.put(stream, Share.NONE);
                assertThat(event.bonusFrom())
                        .as("%s: never spent after their end", context)
                        .allMatch(portion ->
                                portion.expiresAt() == null || event.settledAt().isBefore(portion.expiresAt()));
            }
            case TopUpRefunded event -> take(stream, event.share(), Share::plus);
            case TopUpDisputed event -> take(stream, event.share(), Share::plus);
            case DisputeResolved event -> take(stream, event.share(), Share::minus);
            case CreditReversed event -> {
                givenBack.add(event.topUpId(), event.kind(), event.reversed());
                if (event.kind() == CreditKind.TOPUP) {
                    losses = losses.plus(event.asked()).minus(event.reversed());
                }
            }
            case CreditReinstated event -> {
                givenBack.add(event.topUpId(), event.kind(), event.amount().negated());
                losses = losses.minus(event.recoveredLoss());
            }
            case LossRecovered event -> {
                givenBack.add(event.topUpId(), CreditKind.TOPUP, event.amount());
                losses = losses.minus(event.amount());
            }
            case PromotionalCreditsGranted event -> promotional = promotional.plus(event.amount());
            case PromotionalCreditsReturned event -> {
                promotional = promotional.plus(event.amount());
                returnedBonus.merge(event.topUpId().value(), event.amount(), Money::plus);
            }
            case PromotionalCreditsSpent event -> {
                promotional = promotional.minus(event.amount());
                assertThat(sum(event.portions())).as(context).isEqualTo(event.amount());
                assertThat(promotional).as(context).isGreaterThanOrEqualTo(Money.ZERO);
            }
            default -> {}
        }
    }

    Money margin(String stream) {
        return margins.getOrDefault(stream, Money.ZERO);
    }

    TopUpSettled settled(String stream) {
        return Objects.requireNonNull(settled.get(stream));
    }

    Money returnedBonus(String stream) {
        return returnedBonus.getOrDefault(stream, Money.ZERO);
    }

    Money paid(String stream) {
        return settled(stream).paid();
    }

    Money atStripe() {
        Money sum = transferred.negated();
        for (TopUpSettled each : settled.values()) {
            sum = sum.plus(each.paid());
        }
        for (Share share : taken.values()) {
            sum = sum.minus(share.cash());
        }
        return sum;
    }

    private void margin(String stream, Money change, Money balance, String context) {
        margins.merge(stream, change, Money::plus);
        assertThat(balance).as("%s: margin after the event", context).isEqualTo(margins.get(stream));
    }

    private void take(String stream, Share share, BinaryOperator<Share> change) {
        assertThat(List.of(share.cash(), share.platformFee(), share.net(), share.bonus(), share.margin()))
                .noneMatch(Money::isNegative);
        taken.put(stream, change.apply(Objects.requireNonNull(taken.get(stream)), share));
    }

    static Money sum(List<PromotionalPortion> portions) {
        return portions.stream().map(PromotionalPortion::amount).reduce(Money.ZERO, Money::plus);
    }

    /** What wallets have given back of each top-up and not got again. */
    static final class GivenBack {
        private final Map<String, Money> amounts = new HashMap<>();

        void add(TopUpId topUp, CreditKind kind, Money amount) {
            amounts.merge(kind + " " + topUp, amount, Money::plus);
        }

        Money net(String topUp) {
            return amounts.getOrDefault(CreditKind.TOPUP + " " + topUp, Money.ZERO);
        }

        Money bonus(String topUp) {
            return amounts.getOrDefault(CreditKind.BONUS + " " + topUp, Money.ZERO);
        }
    }
}
