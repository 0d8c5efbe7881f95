package dev.purser.domain.wallet;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.Rejection.BalanceLimitExceeded;
import dev.purser.domain.Rejection.CaptureAboveHold;
import dev.purser.domain.Rejection.HoldHasExpired;
import dev.purser.domain.Rejection.HoldNotOpen;
import dev.purser.domain.Rejection.InsufficientCredits;
import dev.purser.domain.Rejection.WalletIsFrozen;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a wallet. {@code decide} reads, {@code evolve} changes in place (copying thousands of open holds per
 * event would cost more than the event); neither knows a clock, a framework or a database.
 *
 * <p>Laws: balance ≥ held ≥ 0; held is the sum of the open holds; per capped session spent + held ≤ cap; the sum of
 * the claims ≤ held.
 */
final class WalletState {
    /** A billion dollars: far from the range of a long in nano-dollars. */
    static final Money MAX_BALANCE = Money.ofDollars(1_000_000_000);

    private final WalletId id;
    private final CustomerId customerId;
    private final Mode mode;
    private Money balance = Money.ZERO;
    private Money held = Money.ZERO;
    private final Map<HoldId, Hold> open = new HashMap<>();
    private final LateHolds late;
    private final SessionCaps caps;
    private final Set<FreezeReason> frozenFor = new LinkedHashSet<>();
    private final Claims claims;
    private WalletTerms terms = WalletTerms.NONE;

    WalletState(WalletOpened opened) {
        id = opened.walletId();
        customerId = opened.customerId();
        mode = opened.mode();
        late = new LateHolds(Map.of());
        caps = new SessionCaps();
        claims = new Claims(Map.of(), Map.of());
    }

    WalletState(WalletSnapshot snapshot) {
        id = snapshot.id();
        customerId = snapshot.customerId();
        mode = snapshot.mode();
        balance = snapshot.balance();
        held = snapshot.held();
        open.putAll(snapshot.open());
        late = new LateHolds(snapshot.late());
        caps = new SessionCaps(snapshot.caps(), snapshot.pruneCapsAbove());
        frozenFor.addAll(snapshot.frozenFor());
        claims = new Claims(snapshot.claims(), snapshot.recovered());
        terms = snapshot.terms();
    }

    WalletSnapshot snapshot() {
        return new WalletSnapshot(
                id,
                customerId,
                mode,
                balance,
                open,
                late.oldestFirst(),
                caps.counters(),
                caps.pruneAbove(),
                frozenFor,
                claims.open(),
                claims.recovered(),
                terms);
    }

    WalletView view() {
        return new WalletView(id, customerId, mode, balance, held, !frozenFor.isEmpty(), terms);
    }

    WalletTerms terms() {
        return terms;
    }

    WalletCredited decide(CreditWallet command) {
        requireRoomFor(command.amount());
        return new WalletCredited(
                command.kind(), command.amount(), balance.plus(command.amount()), command.reason(), null);
    }

    /** A settled top-up passes every limit: the money was taken. */
    WalletCredited credit(TopUpId topUpId, CreditKind kind, Money amount) {
        return new WalletCredited(kind, amount, balance.plus(amount), null, topUpId);
    }

    /** Takes what is available of it; what is held for calls under way stays. */
    CreditReversed reverse(TopUpId topUpId, CreditKind kind, Money asked) {
        Money reversed = asked.min(balance.minus(held));
        return new CreditReversed(topUpId, kind, asked, reversed, balance.minus(reversed));
    }

    /** {@code lost}: what the reversal fell short of; as far as it was recovered since, it comes back too. */
    CreditReinstated reinstate(TopUpId topUpId, CreditKind kind, Money amount, Money lost) {
        Money recovered = kind == CreditKind.TOPUP ? claims.recovered(topUpId).min(lost) : Money.ZERO;
        Money back = amount.plus(recovered);
        return new CreditReinstated(
                topUpId, kind, back, lost.minus(recovered), balance.plus(back), recovered.isZero() ? null : recovered);
    }

    /** What goes to reversals that fell short of the money that an event, the last one, has freed. */
    List<LossRecovered> recoveries(WalletEvent closing) {
        if (claims.isEmpty()) {
            return List.of();
        }
        List<LossRecovered> recoveries = new ArrayList<>();
        Money left = balance;
        for (Map.Entry<TopUpId, Money> claim : claims.served(freed(closing))) {
            left = left.minus(claim.getValue());
            recoveries.add(new LossRecovered(claim.getKey(), claim.getValue(), left));
        }
        return recoveries;
    }

    private static Money freed(WalletEvent event) {
        return switch (event) {
            case HoldReleased released -> orZero(released.held());
            case HoldExpired expired -> orZero(expired.held());
            case UsageDebited debited ->
                orZero(debited.held()).minus(debited.charged()).max(Money.ZERO);
            default -> Money.ZERO;
        };
    }

    private static Money orZero(@Nullable Money amount) {
        return amount == null ? Money.ZERO : amount;
    }

    void requireRoomFor(Money amount) {
        if (amount.exceeds(MAX_BALANCE.minus(balance))) {
            throw new BalanceLimitExceeded(MAX_BALANCE).asException();
        }
    }

    CreditsHeld decide(HoldCredits command) {
        if (open.containsKey(command.holdId()) || late.get(command.holdId()) != null) {
            throw new AlreadyExists("hold").asException();
        }
        requireNotFrozen();
        if (command.sessionId() != null && command.cap() != null) {
            caps.requireRoom(command.sessionId(), command.cap(), command.amount());
        }
        requireAvailable(command.amount());
        return new CreditsHeld(
                command.holdId(),
                command.amount(),
                command.origin(),
                command.sessionId(),
                command.cap(),
                command.model(),
                command.expiresAt());
    }

    HoldRenewed decide(RenewHold command) {
        if (!open.containsKey(command.holdId())) {
            throw new HoldNotOpen().asException();
        }
        return new HoldRenewed(command.holdId(), command.expiresAt(), command.cost(), command.used());
    }

    UsageDebited decide(DebitUsage command) {
        requireNotFrozen();
        requireAvailable(command.cost());
        return new UsageDebited(
                command.debitId(),
                command.cost(),
                command.cost(),
                balance.minus(command.cost()),
                null,
                null,
                command.metering(),
                command.description(),
                command.metadata());
    }

    UsageDebited decide(CaptureHold command) {
        Hold hold = open.get(command.holdId());
        if (hold == null) {
            hold = late.get(command.holdId());
        }
        if (hold == null || hold.origin() != command.origin()) {
            throw new HoldNotOpen().asException();
        }
        Money cost = command.cost() == null ? hold.amount() : command.cost();
        if (hold.origin() == HoldOrigin.BACKEND) {
            if (!command.at().isBefore(hold.expiresAt())) {
                throw new HoldHasExpired().asException();
            }
            if (cost.exceeds(hold.amount())) {
                throw new CaptureAboveHold(hold.amount(), cost).asException();
            }
        }
        return bill(command.holdId(), hold, cost, command.metering());
    }

    HoldReleased decide(ReleaseHold command) {
        Hold hold = open.get(command.holdId());
        if (hold == null || hold.origin() != command.origin()) {
            throw new HoldNotOpen().asException();
        }
        return new HoldReleased(command.holdId(), hold.amount());
    }

    /** Empty when the hold is closed or was renewed in the meantime. */
    Optional<WalletEvent> decide(ExpireHold command) {
        Hold hold = open.get(command.holdId());
        if (hold == null || command.at().isBefore(hold.expiresAt())) {
            return Optional.empty();
        }
        Metering used = hold.used();
        if (used == null) {
            return Optional.of(new HoldExpired(command.holdId(), hold.amount()));
        }
        Metering recovered = new Metering(
                used.model(),
                used.provider(),
                used.usage(),
                UsageSource.RECOVERED,
                used.priceVersion(),
                used.upstreamId());
        return Optional.of(bill(command.holdId(), hold, hold.cost(), recovered));
    }

    Optional<WalletFrozen> decide(FreezeWallet command) {
        return frozenFor.contains(command.reason())
                ? Optional.empty()
                : Optional.of(new WalletFrozen(command.reason()));
    }

    Optional<WalletUnfrozen> decide(UnfreezeWallet command) {
        if (!frozenFor.contains(command.reason())) {
            return Optional.empty();
        }
        List<FreezeReason> remaining = frozenFor.stream()
                .filter(reason -> !reason.equals(command.reason()))
                .toList();
        return Optional.of(new WalletUnfrozen(command.reason(), remaining));
    }

    Optional<WalletTermsChanged> decide(ChangeWalletTerms command) {
        WalletTerms changed = terms.with(command.terms(), command.changed());
        return changed.equals(terms) ? Optional.empty() : Optional.of(new WalletTermsChanged(changed));
    }

    void evolve(WalletEvent event) {
        switch (event) {
            case WalletOpened _ -> throw new IllegalStateException("wallet " + id + " is open already");
            case WalletCredited credited -> balance = credited.balance();
            case CreditsHeld made -> hold(made);
            case HoldRenewed renewed ->
                open.computeIfPresent(
                        renewed.holdId(),
                        (_, hold) -> hold.renewed(renewed.expiresAt(), renewed.cost(), renewed.used()));
            case UsageDebited debited -> {
                close(debited.id(), debited.charged());
                balance = debited.balance();
                limitClaims(debited);
            }
            case HoldReleased released -> {
                close(released.holdId(), Money.ZERO);
                limitClaims(released);
            }
            case HoldExpired expired -> {
                Hold hold = close(expired.holdId(), Money.ZERO);
                if (hold != null && hold.origin() == HoldOrigin.GATEWAY) {
                    late.add(expired.holdId(), hold);
                }
                limitClaims(expired);
            }
            case WalletFrozen frozen -> frozenFor.add(frozen.reason());
            case WalletUnfrozen unfrozen -> frozenFor.remove(unfrozen.reason());
            case CreditReversed reversed -> {
                balance = reversed.balance();
                if (reversed.kind() == CreditKind.TOPUP) {
                    claims.add(reversed.topUpId(), reversed.asked().minus(reversed.reversed()), held);
                }
            }
            case CreditReinstated reinstated -> {
                balance = reinstated.balance();
                if (reinstated.kind() == CreditKind.TOPUP) {
                    claims.undo(reinstated.topUpId(), orZero(reinstated.recovered()), reinstated.recoveredLoss());
                }
            }
            case LossRecovered recovered -> {
                balance = recovered.balance();
                claims.take(recovered.topUpId(), recovered.amount());
            }
            case WalletTermsChanged changed -> terms = changed.terms();
        }
    }

    /** What is neither held any more nor free now is spent. */
    private void limitClaims(WalletEvent closing) {
        if (!claims.isEmpty()) {
            claims.limit(held.plus(freed(closing)));
        }
    }

    private UsageDebited bill(HoldId holdId, Hold hold, Money cost, @Nullable Metering metering) {
        boolean stillHeld = open.containsKey(holdId);
        Money own = stillHeld ? hold.amount() : Money.ZERO;
        Money beyond = balance.minus(held);
        Money sessionLeft = caps.left(hold.sessionId());
        if (sessionLeft != null) {
            beyond = beyond.min(sessionLeft);
        }
        Money charged = cost.min(own.plus(beyond));
        return new UsageDebited(
                holdId,
                cost,
                charged,
                balance.minus(charged),
                stillHeld ? own : null,
                hold.sessionId(),
                metering,
                null,
                null);
    }

    private void hold(CreditsHeld made) {
        open.put(
                made.holdId(),
                new Hold(made.amount(), made.origin(), made.sessionId(), made.expiresAt(), Money.ZERO, null));
        held = held.plus(made.amount());
        if (made.sessionId() != null && made.cap() != null) {
            caps.hold(made.sessionId(), made.cap(), made.amount(), made.expiresAt());
        }
    }

    private @Nullable Hold close(HoldId holdId, Money charged) {
        Hold hold = open.remove(holdId);
        if (hold != null) {
            held = held.minus(hold.amount());
            caps.close(hold.sessionId(), hold.amount(), charged);
            return hold;
        }
        Hold lateHold = late.remove(holdId);
        if (lateHold != null) {
            caps.close(lateHold.sessionId(), Money.ZERO, charged);
        }
        return null;
    }

    private void requireNotFrozen() {
        if (!frozenFor.isEmpty()) {
            throw new WalletIsFrozen().asException();
        }
    }

    private void requireAvailable(Money needed) {
        Money available = balance.minus(held);
        if (needed.exceeds(available)) {
            throw new InsufficientCredits(needed, available).asException();
        }
    }
}
