package dev.purser.domain.wallet;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.purser.domain.FromFirstEvent;
import dev.purser.domain.Money;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.TopUpId;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletEvent.CreditReversed;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletOpened;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;

/** The money of one customer in one mode; the rules are {@link WalletState}'s. */
public final class Wallet {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    @FromFirstEvent
    private WalletState state;

    /** A wallet before its first event. */
    public Wallet() {}

    /** A wallet as a snapshot has it. */
    public Wallet(WalletSnapshot snapshot) {
        id = snapshot.id().value();
        state = new WalletState(snapshot);
    }

    /** Everything that the wallet's rules read, now. */
    public WalletSnapshot snapshot() {
        return state.snapshot();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public WalletView handle(OpenWallet command) {
        if (state != null) {
            throw new AlreadyExists("wallet").asException();
        }
        return applied(new WalletOpened(
                command.walletId(),
                command.customerId(),
                command.organizationId(),
                command.projectId(),
                command.mode()));
    }

    @CommandHandler
    public WalletView handle(CreditWallet command) {
        return applied(state.decide(command));
    }

    @CommandHandler
    WalletView handle(HoldCredits command) {
        return applied(state.decide(command));
    }

    @CommandHandler
    WalletView handle(RenewHold command) {
        return applied(state.decide(command));
    }

    @CommandHandler
    Debited handle(DebitUsage command) {
        return debited(state.decide(command));
    }

    @CommandHandler
    Debited handle(CaptureHold command) {
        return debited(state.decide(command));
    }

    @CommandHandler
    WalletView handle(ReleaseHold command) {
        return applied(state.decide(command));
    }

    @CommandHandler
    WalletView handle(ExpireHold command) {
        return state.decide(command).map(this::applied).orElseGet(state::view);
    }

    @CommandHandler
    public WalletView handle(FreezeWallet command) {
        return state.decide(command).map(this::applied).orElseGet(state::view);
    }

    @CommandHandler
    public WalletView handle(UnfreezeWallet command) {
        return state.decide(command).map(this::applied).orElseGet(state::view);
    }

    @CommandHandler
    WalletView handle(ChangeWalletTerms command) {
        return state.decide(command).map(this::applied).orElseGet(state::view);
    }

    /** What its top-ups are quoted by, as far as it differs from the project's. */
    public WalletTerms terms() {
        return state.terms();
    }

    /** Refuses what {@link CreditWallet} would refuse. */
    public void requireRoomFor(Money amount) {
        state.requireRoomFor(amount);
    }

    /** Adds what a settled top-up gives; nothing where that is nothing. */
    public void credit(TopUpId topUpId, CreditKind kind, Money amount) {
        if (amount.isPositive()) {
            apply(state.credit(topUpId, kind, amount));
        }
    }

    /** Gives back as much of a credit as is available; answers how much. */
    public Money reverse(TopUpId topUpId, CreditKind kind, Money asked) {
        if (!asked.isPositive()) {
            return Money.ZERO;
        }
        CreditReversed reversed = state.reverse(topUpId, kind, asked);
        apply(reversed);
        return reversed.reversed();
    }

    /** Undoes a reversal: {@code amount} comes back, and of {@code lost} what was recovered since; the rest is no loss. */
    public void reinstate(TopUpId topUpId, CreditKind kind, Money amount, Money lost) {
        if (amount.isPositive() || lost.isPositive()) {
            apply(state.reinstate(topUpId, kind, amount, lost));
        }
    }

    @EventSourcingHandler
    void on(WalletEvent event) {
        if (event instanceof WalletOpened opened) {
            id = opened.walletId().value();
            state = new WalletState(opened);
        } else {
            state.evolve(event);
        }
    }

    private WalletView applied(WalletEvent event) {
        apply(event);
        recoverLosses(event);
        return state.view();
    }

    private void recoverLosses(WalletEvent closing) {
        state.recoveries(closing).forEach(recovery -> apply(recovery));
    }

    private Debited debited(UsageDebited event) {
        apply(event);
        recoverLosses(event);
        return new Debited(
                event.id(), event.cost(), event.charged(), event.cost().minus(event.charged()), state.view());
    }
}
