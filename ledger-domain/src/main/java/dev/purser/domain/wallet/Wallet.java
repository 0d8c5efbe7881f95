package dev.purser.domain.wallet;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.purser.domain.FromFirstEvent;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
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
    WalletView handle(FreezeWallet command) {
        return state.decide(command).map(this::applied).orElseGet(state::view);
    }

    @CommandHandler
    WalletView handle(UnfreezeWallet command) {
        return state.decide(command).map(this::applied).orElseGet(state::view);
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
        return state.view();
    }

    private Debited debited(UsageDebited event) {
        apply(event);
        return new Debited(
                event.id(), event.cost(), event.charged(), event.cost().minus(event.charged()), state.view());
    }
}
