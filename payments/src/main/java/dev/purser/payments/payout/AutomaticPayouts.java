package dev.purser.payments.payout;

import dev.purser.domain.Ledger;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.Rejected;
import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.payout.PayoutCommand.RequestPayout;
import dev.purser.domain.payout.PayoutStatus;
import dev.purser.domain.payout.PayoutView;
import dev.purser.eventstore.secret.Ids;
import dev.purser.payments.connect.Accounts;
import dev.purser.payments.payout.Transfers.Result;
import dev.purser.payments.stripe.StripeClients;
import dev.purser.payments.stripe.StripeFailure;
import dev.purser.projection.margin.MarginQueries;
import dev.purser.projection.payout.PayoutDetails;
import dev.purser.projection.payout.PayoutQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays every active organization's margin out once in an interval, as soon as it is worth it; a transfer that Stripe refused
 * is tried again after an hour. Thread-safe.
 */
public final class AutomaticPayouts {
    private static final Logger log = LoggerFactory.getLogger(AutomaticPayouts.class);
    private static final Cause CAUSE = new Cause("automatic-payouts", "");
    private static final Money AT_LEAST = Money.ofDollars(1);
    private static final Duration AFTER_A_REFUSAL = Duration.ofHours(1);

    private final MarginQueries margins;
    private final PayoutQueries payouts;
    private final Accounts accounts;
    private final StripeClients stripes;
    private final Ledger ledger;
    private final Transfers transfers;
    private final HoldBack holdBack;
    private final Duration interval;
    private final Clock clock;

    /** @param interval at least so long between two automatic payouts of one organization */
    public AutomaticPayouts(
            MarginQueries margins,
            PayoutQueries payouts,
            Accounts accounts,
            StripeClients stripes,
            Ledger ledger,
            Transfers transfers,
            HoldBack holdBack,
            Duration interval,
            Clock clock) {
        this.margins = margins;
        this.payouts = payouts;
        this.accounts = accounts;
        this.stripes = stripes;
        this.ledger = ledger;
        this.transfers = transfers;
        this.holdBack = holdBack;
        this.interval = interval;
        this.clock = clock;
    }

    /** One round over all organizations that have enough. */
    public void pay() {
        if (stripes.of(Mode.LIVE).isEmpty()) {
            return;
        }
        for (OrganizationId organizationId : margins.payable(AT_LEAST)) {
            if (isDue(organizationId) && isWorthIt(organizationId)) {
                accounts.ofActive(organizationId).ifPresent(account -> pay(organizationId, account));
            }
        }
    }

    /** Refused, it is tried again sooner; one that was reversed after it was paid has had its turn. */
    static boolean isDue(PayoutDetails last, Duration interval, Instant now) {
        boolean refused = last.status() == PayoutStatus.FAILED && last.transferId() == null;
        Duration pause = refused && interval.compareTo(AFTER_A_REFUSAL) > 0 ? AFTER_A_REFUSAL : interval;
        return !last.requestedAt().plus(pause).isAfter(now);
    }

    private boolean isDue(OrganizationId organizationId) {
        return payouts.lastAutomatic(organizationId)
                .map(last -> isDue(last, interval, clock.instant()))
                .orElse(true);
    }

    /** As far as the read model knows; the ledger decides. */
    private boolean isWorthIt(OrganizationId organizationId) {
        Money balance = margins.account(organizationId, Mode.LIVE).balance();
        Money heldBack = margins.heldBack(organizationId, Mode.LIVE, holdBack, clock.instant());
        return !AT_LEAST.exceeds(balance.minus(heldBack));
    }

    private void pay(OrganizationId organizationId, String account) {
        try {
            if (!stripes.require(Mode.LIVE).account(account).canBePaid()) {
                return;
            }
            PayoutView payout = ledger.send(
                    new RequestPayout(
                            new PayoutId(Ids.next("pyt")), organizationId, account, holdBack, true, clock.instant()),
                    CAUSE);
            switch (transfers.settle(Payouts.order(payout), CAUSE)) {
                case Result.Made(String transferId) ->
                    log.info(
                            "payout {} of {} was made automatically as {}",
                            payout.payoutId(),
                            organizationId,
                            transferId);
                case Result.Refused(var why) ->
                    log.warn(
                            "automatic payout {} of {} failed, its margin is restored: {}",
                            payout.payoutId(),
                            organizationId,
                            why.reason());
                case Result.InDoubt(var why) ->
                    log.warn(
                            "automatic payout {} of {} is in doubt: {}",
                            payout.payoutId(),
                            organizationId,
                            why.reason());
            }
        } catch (Rejected rejected) {
            log.debug("no automatic payout of {}: {}", organizationId, rejected.rejection());
        } catch (StripeFailure failure) {
            log.warn("no automatic payout of {}: {}", organizationId, failure.reason());
        }
    }
}
