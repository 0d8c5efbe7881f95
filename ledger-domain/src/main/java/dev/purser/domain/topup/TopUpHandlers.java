package dev.purser.domain.topup;

import dev.purser.domain.Money;
import dev.purser.domain.Rejection.Unknown;
import dev.purser.domain.TopUpId;
import dev.purser.domain.margin.MarginAccount;
import dev.purser.domain.margin.MarginId;
import dev.purser.domain.organization.Organization;
import dev.purser.domain.organization.PromotionalPortion;
import dev.purser.domain.project.Project;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.topup.Correction.Resolve;
import dev.purser.domain.topup.Correction.Take;
import dev.purser.domain.topup.Correction.TakeDispute;
import dev.purser.domain.topup.Correction.TakeRefund;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.ResolveDispute;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.topup.TopUpEvent.DisputeResolved;
import dev.purser.domain.topup.TopUpEvent.TopUpDisputed;
import dev.purser.domain.topup.TopUpEvent.TopUpQuoted;
import dev.purser.domain.topup.TopUpEvent.TopUpRefunded;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.Wallet;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletTerms;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;

/**
 * Decides what a top-up, its wallet, its margin account and its organization's promotional credits have to do together; one
 * append stores all of it. Streams are always locked in the order top-up, (project,) wallet, organization, margin account.
 */
public final class TopUpHandlers {
    private final Repository<TopUp> topUps;
    private final Repository<Project> projects;
    private final Repository<Wallet> wallets;
    private final Repository<Organization> organizations;
    private final Repository<MarginAccount> margins;

    public TopUpHandlers(
            Repository<TopUp> topUps,
            Repository<Project> projects,
            Repository<Wallet> wallets,
            Repository<Organization> organizations,
            Repository<MarginAccount> margins) {
        this.topUps = topUps;
        this.projects = projects;
        this.wallets = wallets;
        this.organizations = organizations;
        this.margins = margins;
    }

    @CommandHandler
    TopUpView handle(QuoteTopUp command) throws Exception {
        Aggregate<TopUp> topUp = topUps.loadOrCreate(command.streamId(), TopUp::new);
        if (!topUp.invoke(TopUp::isQuoted)) {
            ProjectSettings settings =
                    projects.load(command.projectId().value()).invoke(Project::settings);
            Aggregate<Wallet> wallet = wallets.load(command.walletId().value());
            WalletTerms terms = wallet.invoke(Wallet::terms);
            TopUpQuote quote = TopUpQuote.of(
                    Money.ofDollars(command.dollars()),
                    Objects.requireNonNullElse(terms.markupPercent(), settings.markupPercent()),
                    Objects.requireNonNullElse(terms.bonusPercent(), settings.bonusPercent()),
                    command.feePercent(),
                    command.mode());
            wallet.execute(it -> it.requireRoomFor(quote.netCredited().plus(quote.bonusCredited())));
            topUp.execute(it -> it.record(new TopUpQuoted(
                    command.topUpId(),
                    command.walletId(),
                    command.customerId(),
                    command.organizationId(),
                    command.projectId(),
                    command.mode(),
                    quote)));
        }
        return topUp.invoke(TopUp::view);
    }

    @CommandHandler
    TopUpView handle(SettleTopUp command) throws Exception {
        Aggregate<TopUp> topUp = existing(command);
        if (!isSettled(topUp)) {
            Optional<ParkReason> mismatch = topUp.invoke(it -> it.ask(state -> state.mismatch(command)));
            if (mismatch.isPresent()) {
                topUp.execute(it -> it.decide(state -> state.park(command, mismatch.get())));
            } else {
                settle(topUp, command);
                correct(topUp, outstanding(topUp));
            }
        }
        return topUp.invoke(TopUp::view);
    }

    @CommandHandler
    TopUpView handle(RefundTopUp command) throws Exception {
        Aggregate<TopUp> topUp = existing(command);
        if (isSettled(topUp)) {
            correct(topUp, topUp.invoke(it -> it.ask(state -> state.decide(command))));
        } else {
            topUp.execute(it -> it.decide(state -> state.announce(command)));
        }
        return topUp.invoke(TopUp::view);
    }

    @CommandHandler
    TopUpView handle(DisputeTopUp command) throws Exception {
        Aggregate<TopUp> topUp = existing(command);
        if (isSettled(topUp)) {
            correct(topUp, topUp.invoke(it -> it.ask(state -> state.decide(command))));
        } else {
            topUp.execute(it -> it.decide(state -> state.announce(command)));
        }
        return topUp.invoke(TopUp::view);
    }

    @CommandHandler
    TopUpView handle(ResolveDispute command) throws Exception {
        Aggregate<TopUp> topUp = existing(command);
        boolean known = isSettled(topUp) && topUp.invoke(it -> it.ask(state -> state.hasDispute(command.disputeId())));
        if (known) {
            correct(topUp, topUp.invoke(it -> it.ask(state -> state.decide(command))));
        } else {
            topUp.execute(it -> it.decide(state -> state.announce(command)));
        }
        return topUp.invoke(TopUp::view);
    }

    private void settle(Aggregate<TopUp> topUp, SettleTopUp command) throws Exception {
        TopUpQuoted quoted = quoted(topUp);
        Aggregate<Wallet> wallet = wallets.load(quoted.walletId().value());
        Money bonus = quoted.quote().bonusCredited();
        List<PromotionalPortion> bonusFrom = bonus.isPositive()
                ? organizations
                        .load(quoted.organizationId().value())
                        .invoke(it -> it.spendPromotionalCredits(quoted.topUpId(), bonus, command.at()))
                : List.of();
        topUp.execute(it -> it.settle(command, bonusFrom));
        TopUpSettled settled = settled(topUp);
        wallet.execute(it -> {
            it.credit(quoted.topUpId(), CreditKind.TOPUP, settled.netCredited());
            it.credit(quoted.topUpId(), CreditKind.BONUS, settled.bonusCredited());
        });
        accrue(quoted, settled, settled.margin());
    }

    /** Applies a correction and whatever follows from it. */
    private void correct(Aggregate<TopUp> topUp, Optional<Correction> first) throws Exception {
        for (Optional<Correction> next = first; next.isPresent(); next = outstanding(topUp)) {
            switch (next.get()) {
                case Take take -> take(topUp, take);
                case Resolve resolve -> resolve(topUp, resolve);
            }
        }
    }

    private void take(Aggregate<TopUp> topUp, Take take) {
        TopUpQuoted quoted = quoted(topUp);
        TopUpId id = quoted.topUpId();
        Share share = take.share();
        Aggregate<Wallet> wallet = wallets.load(quoted.walletId().value());
        // The credit first: what is missing of it is a loss, of the bonus it is not.
        Taken taken = wallet.invoke(it -> new Taken(
                it.reverse(id, CreditKind.TOPUP, share.net()), it.reverse(id, CreditKind.BONUS, share.bonus())));
        if (take instanceof TakeDispute dispute && dispute.opening()) {
            FreezeReason reason = FreezeReason.ofDispute(dispute.disputeId());
            wallet.execute(it -> it.handle(new FreezeWallet(quoted.walletId(), reason)));
        }
        if (take.isFinal()) {
            returnBonus(topUp, taken.bonus());
        }
        if (share.margin().isPositive()) {
            margin(quoted).execute(it -> it.clawBack(id, share.margin(), dayOf(settled(topUp))));
        }
        topUp.execute(it -> it.record(
                switch (take) {
                    case TakeRefund refund -> new TopUpRefunded(refund.refunded(), share, taken);
                    case TakeDispute dispute -> new TopUpDisputed(dispute.disputeId(), dispute.amount(), share, taken);
                }));
    }

    private void resolve(Aggregate<TopUp> topUp, Resolve resolve) throws Exception {
        TopUpQuoted quoted = quoted(topUp);
        TopUpId id = quoted.topUpId();
        Share share = resolve.share();
        Taken taken = resolve.taken();
        Aggregate<Wallet> wallet = wallets.load(quoted.walletId().value());
        FreezeReason reason = FreezeReason.ofDispute(resolve.disputeId());
        wallet.execute(it -> it.handle(new UnfreezeWallet(quoted.walletId(), reason)));
        if (resolve.won()) {
            wallet.execute(it -> {
                it.reinstate(id, CreditKind.TOPUP, taken.net(), share.net().minus(taken.net()));
                it.reinstate(id, CreditKind.BONUS, taken.bonus(), Money.ZERO);
            });
            accrue(quoted, settled(topUp), share.margin());
            topUp.execute(it -> it.record(new DisputeResolved(resolve.disputeId(), true, share, taken)));
        } else {
            returnBonus(topUp, taken.bonus());
            topUp.execute(it -> it.record(new DisputeResolved(resolve.disputeId(), false, Share.NONE, Taken.NOTHING)));
        }
    }

    private void returnBonus(Aggregate<TopUp> topUp, Money bonus) {
        if (bonus.isPositive()) {
            TopUpQuoted quoted = quoted(topUp);
            List<PromotionalPortion> portions = topUp.invoke(it -> it.ask(state -> state.bonusPortions(bonus)));
            organizations
                    .load(quoted.organizationId().value())
                    .execute(it -> it.returnPromotionalCredits(quoted.topUpId(), portions));
        }
    }

    private void accrue(TopUpQuoted quoted, TopUpSettled settled, Money amount) throws Exception {
        if (amount.isPositive()) {
            MarginId id = new MarginId(quoted.organizationId(), quoted.mode());
            margins.loadOrCreate(id.streamId(), MarginAccount::new)
                    .execute(it -> it.accrue(id, quoted.topUpId(), amount, dayOf(settled)));
        }
    }

    private Aggregate<MarginAccount> margin(TopUpQuoted quoted) {
        return margins.load(new MarginId(quoted.organizationId(), quoted.mode()).streamId());
    }

    private Aggregate<TopUp> existing(TopUpCommand command) {
        try {
            return topUps.load(command.streamId());
        } catch (AggregateNotFoundException e) {
            throw new Unknown("top-up").asException();
        }
    }

    private static Optional<Correction> outstanding(Aggregate<TopUp> topUp) {
        return topUp.invoke(it -> it.ask(TopUpState::outstanding));
    }

    private static boolean isSettled(Aggregate<TopUp> topUp) {
        return topUp.invoke(it -> it.ask(TopUpState::isSettled));
    }

    private static TopUpQuoted quoted(Aggregate<TopUp> topUp) {
        return topUp.invoke(it -> it.ask(TopUpState::quoted));
    }

    private static TopUpSettled settled(Aggregate<TopUp> topUp) {
        return topUp.invoke(it -> it.ask(TopUpState::settled));
    }

    /** The day that the margin counts to. */
    private static LocalDate dayOf(TopUpSettled settled) {
        return LocalDate.ofInstant(settled.settledAt(), ZoneOffset.UTC);
    }
}
