package dev.purser.domain.books;

import static dev.purser.domain.books.AccountKind.GRANTS;
import static dev.purser.domain.books.AccountKind.LOSS_REFUNDS;
import static dev.purser.domain.books.AccountKind.LOSS_UNDERESTIMATE;
import static dev.purser.domain.books.AccountKind.MARGIN;
import static dev.purser.domain.books.AccountKind.PAYOUTS_IN_FLIGHT;
import static dev.purser.domain.books.AccountKind.PLATFORM_FEES;
import static dev.purser.domain.books.AccountKind.REVENUE_USAGE;
import static dev.purser.domain.books.AccountKind.STRIPE_CLEARING;
import static dev.purser.domain.books.AccountKind.TOPUPS_SETTLING;
import static dev.purser.domain.books.AccountKind.WALLET;
import static dev.purser.domain.books.AccountKind.WALLET_HELD;

import dev.purser.domain.Money;
import dev.purser.domain.margin.MarginEvent;
import dev.purser.domain.margin.MarginEvent.MarginAccountOpened;
import dev.purser.domain.margin.MarginEvent.MarginAccrued;
import dev.purser.domain.margin.MarginEvent.MarginClawedBack;
import dev.purser.domain.margin.MarginEvent.MarginReserved;
import dev.purser.domain.margin.MarginEvent.MarginRestored;
import dev.purser.domain.payout.PayoutEvent;
import dev.purser.domain.payout.PayoutEvent.PayoutFailed;
import dev.purser.domain.payout.PayoutEvent.PayoutPaid;
import dev.purser.domain.payout.PayoutEvent.PayoutRequested;
import dev.purser.domain.topup.Share;
import dev.purser.domain.topup.TopUpEvent;
import dev.purser.domain.topup.TopUpEvent.DisputeAnnounced;
import dev.purser.domain.topup.TopUpEvent.DisputeResolved;
import dev.purser.domain.topup.TopUpEvent.MarkupApplied;
import dev.purser.domain.topup.TopUpEvent.PaymentIntentCreated;
import dev.purser.domain.topup.TopUpEvent.RefundAnnounced;
import dev.purser.domain.topup.TopUpEvent.ResolutionAnnounced;
import dev.purser.domain.topup.TopUpEvent.TopUpDisputed;
import dev.purser.domain.topup.TopUpEvent.TopUpParked;
import dev.purser.domain.topup.TopUpEvent.TopUpQuoted;
import dev.purser.domain.topup.TopUpEvent.TopUpRefunded;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.WalletEvent;
import dev.purser.domain.wallet.WalletEvent.CreditReinstated;
import dev.purser.domain.wallet.WalletEvent.CreditReversed;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldExpired;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.HoldRenewed;
import dev.purser.domain.wallet.WalletEvent.LossRecovered;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.domain.wallet.WalletEvent.WalletFrozen;
import dev.purser.domain.wallet.WalletEvent.WalletOpened;
import dev.purser.domain.wallet.WalletEvent.WalletTermsChanged;
import dev.purser.domain.wallet.WalletEvent.WalletUnfrozen;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The postings of an event: a pure function of it, so that the books can be made again from the log at any time. They sum to
 * zero for every event; {@link AccountKind#TOPUPS_SETTLING} is zero again after every append.
 */
public final class Postings {
    private Postings() {}

    /** Empty for an event that moves no money. */
    public static List<Posting> of(Object event) {
        return switch (event) {
            case WalletEvent wallet -> of(wallet);
            case TopUpEvent topUp -> of(topUp);
            case MarginEvent margin -> of(margin);
            case PayoutEvent payout -> of(payout);
            default -> List.of();
        };
    }

    private static List<Posting> of(WalletEvent event) {
        return switch (event) {
            case WalletCredited credited -> move(credited.amount(), source(credited.kind()), WALLET);
            case CreditsHeld held -> move(held.amount(), WALLET, WALLET_HELD);
            case HoldReleased released -> move(orZero(released.held()), WALLET_HELD, WALLET);
            case HoldExpired expired -> move(orZero(expired.held()), WALLET_HELD, WALLET);
            case UsageDebited debited -> {
                Money held = orZero(debited.held());
                yield new Entry()
                        .add(WALLET_HELD, held)
                        .add(WALLET, debited.charged().minus(held))
                        .add(LOSS_UNDERESTIMATE, debited.cost().minus(debited.charged()))
                        .add(REVENUE_USAGE, debited.cost().negated())
                        .postings();
            }
            case CreditReversed reversed ->
                reversed.kind() == CreditKind.TOPUP
                        ? new Entry()
                                .add(WALLET, reversed.reversed())
                                .add(LOSS_REFUNDS, reversed.asked().minus(reversed.reversed()))
                                .add(TOPUPS_SETTLING, reversed.asked().negated())
                                .postings()
                        : move(reversed.reversed(), WALLET, source(reversed.kind()));
            case CreditReinstated reinstated ->
                new Entry()
                        .add(source(reinstated.kind()), reinstated.amount().plus(reinstated.recoveredLoss()))
                        .add(WALLET, reinstated.amount().negated())
                        .add(LOSS_REFUNDS, reinstated.recoveredLoss().negated())
                        .postings();
            case LossRecovered recovered -> move(recovered.amount(), WALLET, LOSS_REFUNDS);
            case WalletOpened _, HoldRenewed _, WalletFrozen _, WalletUnfrozen _, WalletTermsChanged _ -> List.of();
        };
    }

    private static List<Posting> of(TopUpEvent event) {
        return switch (event) {
            case TopUpSettled settled ->
                new Entry()
                        .add(STRIPE_CLEARING, settled.paid())
                        .add(PLATFORM_FEES, settled.platformFee().negated())
                        .add(TOPUPS_SETTLING, settled.platformFee().minus(settled.paid()))
                        .postings();
            case TopUpRefunded refunded -> returned(refunded.share());
            case TopUpDisputed disputed -> returned(disputed.share());
            case DisputeResolved resolved ->
                new Entry()
                        .add(STRIPE_CLEARING, resolved.share().cash())
                        .add(PLATFORM_FEES, resolved.share().platformFee().negated())
                        .add(
                                TOPUPS_SETTLING,
                                resolved.share()
                                        .platformFee()
                                        .minus(resolved.share().cash()))
                        .postings();
            case TopUpQuoted _,
                    PaymentIntentCreated _,
                    MarkupApplied _,
                    TopUpParked _,
                    RefundAnnounced _,
                    DisputeAnnounced _,
                    ResolutionAnnounced _ -> List.of();
        };
    }

    private static List<Posting> of(MarginEvent event) {
        return switch (event) {
            case MarginAccrued accrued -> move(accrued.amount(), TOPUPS_SETTLING, MARGIN);
            case MarginClawedBack clawedBack -> move(clawedBack.amount(), MARGIN, TOPUPS_SETTLING);
            case MarginReserved reserved -> move(reserved.amount(), MARGIN, PAYOUTS_IN_FLIGHT);
            case MarginRestored restored -> move(restored.amount(), PAYOUTS_IN_FLIGHT, MARGIN);
            case MarginAccountOpened _ -> List.of();
        };
    }

    private static List<Posting> of(PayoutEvent event) {
        return switch (event) {
            case PayoutPaid paid -> move(paid.amount(), PAYOUTS_IN_FLIGHT, STRIPE_CLEARING);
            case PayoutFailed failed ->
                failed.afterPaid() ? move(failed.amount(), STRIPE_CLEARING, PAYOUTS_IN_FLIGHT) : List.of();
            case PayoutRequested _ -> List.of();
        };
    }

    private static List<Posting> returned(Share share) {
        return new Entry()
                .add(STRIPE_CLEARING, share.cash().negated())
                .add(PLATFORM_FEES, share.platformFee())
                .add(TOPUPS_SETTLING, share.cash().minus(share.platformFee()))
                .postings();
    }

    /** Who pays for a credit. */
    private static AccountKind source(CreditKind kind) {
        return switch (kind) {
            case TOPUP -> TOPUPS_SETTLING;
            case BONUS, ADJUSTMENT -> GRANTS;
        };
    }

    private static List<Posting> move(Money amount, AccountKind debit, AccountKind credit) {
        return new Entry().add(debit, amount).add(credit, amount.negated()).postings();
    }

    private static Money orZero(@Nullable Money amount) {
        return amount == null ? Money.ZERO : amount;
    }

    /** The sides of one entry as they are put together; sides of nothing are left out. */
    private static final class Entry {
        private final List<Posting> postings = new ArrayList<>();

        Entry add(AccountKind account, Money amount) {
            if (!amount.isZero()) {
                postings.add(new Posting(account, amount));
            }
            return this;
        }

        List<Posting> postings() {
            return List.copyOf(postings);
        }
    }
}
