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
import dev.purser.domain.WalletId;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldExpired;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.HoldRenewed;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.domain.wallet.WalletEvent.WalletFrozen;
import dev.purser.domain.wallet.WalletEvent.WalletOpened;
import dev.purser.domain.wallet.WalletEvent.WalletUnfrozen;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a wallet. {@code decide} reads, {@code evolve} changes in place (copying thousands of open holds per
 * event would cost more than the event); neither knows a clock, a framework or a database.
 *
 * <p>Laws: balance ≥ held ≥ 0; held is the sum of the open holds; per capped session spent + held ≤ cap.
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
    private final Set<FreezeReason> frozenFor = EnumSet.noneOf(FreezeReason.class);

    WalletState(WalletOpened opened) {
        id = opened.walletId();
        customerId = opened.customerId();
        mode = opened.mode();
        late = new LateHolds(Map.of());
        caps = new SessionCaps();
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
    }

    WalletSnapshot snapshot() {
        return new WalletSnapshot(
                id, customerId, mode, balance, open, late.oldestFirst(), caps.counters(), caps.pruneAbove(), frozenFor);
    }

    WalletView view() {
        return new WalletView(id, customerId, mode, balance, held, !frozenFor.isEmpty());
    }

    WalletCredited decide(CreditWallet command) {
        if (command.amount().exceeds(MAX_BALANCE.minus(balance))) {
            throw new BalanceLimitExceeded(MAX_BALANCE).asException();
        }
        return new WalletCredited(command.kind(), command.amount(), balance.plus(command.amount()), command.reason());
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
        return new HoldReleased(command.holdId());
    }

    /** Empty when the hold is closed or was renewed in the meantime. */
    Optional<WalletEvent> decide(ExpireHold command) {
        Hold hold = open.get(command.holdId());
        if (hold == null || command.at().isBefore(hold.expiresAt())) {
            return Optional.empty();
        }
        Metering used = hold.used();
        if (used == null) {
            return Optional.of(new HoldExpired(command.holdId()));
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
        return frozenFor.contains(command.reason())
                ? Optional.of(new WalletUnfrozen(command.reason()))
                : Optional.empty();
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
            }
            case HoldReleased released -> close(released.holdId(), Money.ZERO);
            case HoldExpired expired -> {
                Hold hold = close(expired.holdId(), Money.ZERO);
                if (hold != null && hold.origin() == HoldOrigin.GATEWAY) {
                    late.add(expired.holdId(), hold);
                }
            }
            case WalletFrozen frozen -> frozenFor.add(frozen.reason());
            case WalletUnfrozen unfrozen -> frozenFor.remove(unfrozen.reason());
        }
    }

    private UsageDebited bill(HoldId holdId, Hold hold, Money cost, @Nullable Metering metering) {
        Money own = open.containsKey(holdId) ? hold.amount() : Money.ZERO;
        Money beyond = balance.minus(held);
        Money sessionLeft = caps.left(hold.sessionId());
        if (sessionLeft != null) {
            beyond = beyond.min(sessionLeft);
        }
        Money charged = cost.min(own.plus(beyond));
        return new UsageDebited(holdId, cost, charged, balance.minus(charged), hold.sessionId(), metering, null, null);
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
