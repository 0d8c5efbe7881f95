package dev.purser.domain.payout;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.Rejection.PayoutBelowMinimum;
import dev.purser.domain.Rejection.PayoutInFlight;
import dev.purser.domain.Rejection.Unknown;
import dev.purser.domain.margin.MarginAccount;
import dev.purser.domain.margin.MarginId;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.payout.PayoutCommand.RequestPayout;
import dev.purser.domain.payout.PayoutEvent.PayoutRequested;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;

/** Decides what a payout and the margin account have to do together; one append stores all of it. */
public final class PayoutHandlers {
    static final Money MINIMUM = Money.ofDollars(1);
    private static final long NANOS_PER_CENT = Money.NANOS_PER_DOLLAR / 100;

    private final Repository<Payout> payouts;
    private final Repository<MarginAccount> margins;

    public PayoutHandlers(Repository<Payout> payouts, Repository<MarginAccount> margins) {
        this.payouts = payouts;
        this.margins = margins;
    }

    @CommandHandler
    PayoutView handle(RequestPayout command) throws Exception {
        Aggregate<Payout> payout = payouts.loadOrCreate(command.streamId(), Payout::new);
        if (!payout.invoke(Payout::isRequested)) {
            Aggregate<MarginAccount> margin =
                    margins.loadOrCreate(streamOf(command.organizationId()), MarginAccount::new);
            PayoutId last = margin.invoke(MarginAccount::lastPayout);
            if (last != null && payouts.load(last.value()).invoke(Payout::isInFlight)) {
                throw new PayoutInFlight(last).asException();
            }
            LocalDate today = LocalDate.ofInstant(command.at(), ZoneOffset.UTC);
            Money payable = margin.invoke(it -> it.payable(command.holdBack(), today));
            Money amount = new Money(payable.nanos() - payable.nanos() % NANOS_PER_CENT);
            if (MINIMUM.exceeds(amount)) {
                throw new PayoutBelowMinimum(payable).asException();
            }
            margin.execute(it -> it.reserve(command.payoutId(), amount));
            payout.execute(it -> it.request(new PayoutRequested(
                    command.payoutId(),
                    command.organizationId(),
                    command.destination(),
                    amount,
                    command.automatic(),
                    command.at())));
        }
        return view(payout);
    }

    @CommandHandler
    PayoutView handle(ConfirmPayout command) {
        Aggregate<Payout> payout = existing(command);
        payout.execute(it -> it.confirm(command));
        return view(payout);
    }

    @CommandHandler
    PayoutView handle(FailPayout command) {
        Aggregate<Payout> payout = existing(command);
        Money restored = payout.invoke(it -> it.fail(command));
        if (restored.isPositive()) {
            margins.load(streamOf(payout.invoke(Payout::organizationId)))
                    .execute(it -> it.restore(command.payoutId(), restored));
        }
        return view(payout);
    }

    private PayoutView view(Aggregate<Payout> payout) {
        Money balance =
                margins.load(streamOf(payout.invoke(Payout::organizationId))).invoke(MarginAccount::balance);
        return payout.invoke(it -> it.view(balance));
    }

    private Aggregate<Payout> existing(PayoutCommand command) {
        try {
            return payouts.load(command.streamId());
        } catch (AggregateNotFoundException e) {
            throw new Unknown("payout").asException();
        }
    }

    private static String streamOf(OrganizationId organization) {
        return new MarginId(organization, Mode.LIVE).streamId();
    }
}
