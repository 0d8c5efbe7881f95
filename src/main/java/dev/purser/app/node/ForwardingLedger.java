package dev.purser.app.node;

import dev.purser.app.node.CommandJson.Request;
import dev.purser.app.node.Outcome.Answered;
import dev.purser.app.node.Outcome.Doubtful;
import dev.purser.app.node.Outcome.NotStored;
import dev.purser.app.node.Outcome.Refused;
import dev.purser.app.node.Reply.Answer;
import dev.purser.app.node.Reply.Lost;
import dev.purser.app.node.Reply.NotSent;
import dev.purser.domain.ClaimTaken;
import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Money;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.Rejection.HoldNotOpen;
import dev.purser.domain.customer.CustomerCommand.LinkStripeCustomer;
import dev.purser.domain.organization.OrganizationCommand.LinkStripeAccount;
import dev.purser.domain.payout.PayoutCommand;
import dev.purser.domain.pricing.PriceListCommand.PublishPrices;
import dev.purser.domain.topup.TopUpCommand;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.edge.error.DecidedElsewhere;
import dev.purser.eventstore.NotLeading;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger as any node sees it: decided here while this node leads, else sent to the one that does. A command that was
 * certainly not stored is tried again, for as long as {@code leadWait}, with whoever leads by then. One that may have been
 * stored is repeated only where the ledger itself tells the repetition from the first; otherwise its outcome is unknown.
 */
final class ForwardingLedger implements Ledger {
    private static final Logger log = LoggerFactory.getLogger(ForwardingLedger.class);

    /** Longer than the leader itself waits for its database. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    private static final String HERE = "here";
    private static final Lead NOBODY = new Lead("nobody", "", "");

    private final Ledger local;
    private final WhoLeads leads;
    private final NodeClient client;
    private final Duration leadWait;

    /** @param local decides here; its {@link LedgerUnavailable} with a known outcome means that nothing was stored */
    ForwardingLedger(Ledger local, WhoLeads leads, NodeClient client, Duration leadWait) {
        this.local = local;
        this.leads = leads;
        this.client = client;
        this.leadWait = leadWait;
    }

    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause) {
        return decided(command, new Request(command, cause, null, null), () -> local.send(command, cause));
    }

    /** Throws {@link DecidedElsewhere} when the answer is made of the result and another node leads. */
    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause, Remember<R> remember) {
        return decided(
                command, new Request(command, cause, remember, null), () -> local.send(command, cause, remember));
    }

    @Override
    public <R> R send(LedgerCommand<R> command, Cause cause, Forget forget) {
        return decided(command, new Request(command, cause, null, forget), () -> local.send(command, cause, forget));
    }

    private interface Here<R> {
        R decide();
    }

    private <R> R decided(LedgerCommand<R> command, Request request, Here<R> here) {
        Patience patience = new Patience(leads, leadWait);
        boolean inDoubt = false;
        String doubtfulTerm = "";
        while (true) {
            Lead lead = leads.isLeading() ? null : leads.otherLead().orElse(NOBODY);
            String term = lead == null ? HERE : lead.term();
            Outcome<R> outcome = lead == null ? decideHere(here) : askTheLeader(lead, command, request);
            Throwable why;
            switch (outcome) {
                case Answered<R>(R result) -> {
                    return result;
                }
                case Refused<R>(RuntimeException refusal) -> {
                    if (inDoubt) {
                        return afterDoubt(command, request, refusal, term.equals(doubtfulTerm));
                    }
                    throw refusal;
                }
                case NotStored<R>(Throwable cause) -> why = cause;
                case Doubtful<R>(Throwable cause) -> {
                    why = cause;
                    inDoubt = true;
                    doubtfulTerm = term;
                }
            }
            if (inDoubt && !isRecognisedWhenRepeated(command)) {
                throw unknown(why);
            }
            if (!patience.outlasts()) {
                throw inDoubt ? unknown(why) : new LedgerUnavailable("no node leads that could be reached", true, why);
            }
        }
    }

    private <R> Outcome<R> decideHere(Here<R> here) {
        try {
            return new Answered<>(here.decide());
        } catch (LedgerUnavailable e) {
            if (!e.outcomeKnown()) {
                return new Doubtful<>(e);
            }
            return leads.isLeading() && !(e.getCause() instanceof NotLeading) ? new Refused<>(e) : new NotStored<>(e);
        } catch (RuntimeException e) {
            return new Refused<>(e);
        }
    }

    private <R> Outcome<R> askTheLeader(Lead lead, LedgerCommand<R> command, Request request) {
        if (request.remember() != null && request.remember().constantAnswer().isEmpty()) {
            throw new DecidedElsewhere();
        }
        if (lead.equals(NOBODY)) {
            return new NotStored<>(new IOException("no node leads"));
        }
        HttpRequest post = client.request(lead.address(), NodeClient.COMMANDS)
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(CommandJson.request(request)))
                .build();
        boolean repeatable = isRecognisedWhenRepeated(command);
        return switch (client.exchange(post, ANSWER_TIMEOUT, () -> leads.isOver(lead), repeatable)) {
            case NotSent(Throwable why) -> new NotStored<>(why);
            case Lost(Throwable why) -> new Doubtful<>(why);
            case Answer answer when answer.status() == 200 -> CommandJson.outcome(command, answer.body());
            case Answer answer -> refusedByNode(lead, answer.status());
        };
    }

    private static <R> Outcome<R> refusedByNode(Lead lead, int status) {
        IOException why = new IOException("the node at " + lead.address() + " answered " + status);
        if (status == InternalRoutes.NOT_LEADING) {
            return new NotStored<>(why);
        }
        log.warn("the node at {} answered {} to a command", lead.address(), status);
        return status < 500
                ? new Refused<>(new LedgerUnavailable("the node that leads does not take the command", true, why))
                : new Doubtful<>(why);
    }

    /** A second decision on the same ids differs from the first, or is the same as the first. */
    private static boolean isRecognisedWhenRepeated(LedgerCommand<?> command) {
        return switch (command) {
            case HoldCredits _, RenewHold _, CaptureHold _, ReleaseHold _, ExpireHold _, PublishPrices _ -> true;
            case TopUpCommand _, PayoutCommand _, LinkStripeCustomer _, LinkStripeAccount _ -> true;
            default -> false;
        };
    }

    /** An earlier try may have been stored, and may be the very reason for this refusal. */
    @SuppressWarnings("unchecked") // a hold answers what its renewal answers: the wallet
    private <R> R afterDoubt(
            LedgerCommand<R> command, Request request, RuntimeException refusal, boolean ofTheSameLead) {
        if (!(refusal instanceof Rejected rejected)) {
            throw refusal instanceof ClaimTaken || refusal instanceof LedgerUnavailable ? unknown(refusal) : refusal;
        }
        if (rejected.rejection() instanceof AlreadyExists && command instanceof HoldCredits hold) {
            // Ids are made once, so it is this command's own hold; renewing it as it stands answers with its wallet.
            RenewHold look = new RenewHold(hold.walletId(), hold.holdId(), hold.expiresAt(), Money.ZERO, null);
            return (R) send(look, request.cause());
        }
        // A leader that has not answered the first try may still be at it; what another one refuses is refused.
        if (ofTheSameLead || rejected.rejection() instanceof HoldNotOpen) {
            throw unknown(refusal);
        }
        throw refusal;
    }

    private static LedgerUnavailable unknown(Throwable why) {
        return new LedgerUnavailable("it is not known whether the command was stored", false, why);
    }
}
