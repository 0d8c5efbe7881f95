package dev.purser.payments.payout;

import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Mode;
import dev.purser.domain.Rejected;
import dev.purser.payments.payout.Transfers.Order;
import dev.purser.payments.payout.Transfers.Result;
import dev.purser.payments.stripe.StripeClients;
import dev.purser.projection.payout.PayoutDetails;
import dev.purser.projection.payout.PayoutQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes payouts that a crash or a lost answer has left in flight. It asks Stripe with the payout's own key, so it may run
 * beside the request that made the payout, and on a read model that lags. Thread-safe.
 */
public final class PayoutResolver {
    private static final Logger log = LoggerFactory.getLogger(PayoutResolver.class);
    private static final Cause CAUSE = new Cause("payout-resolver", "");
    private static final int BATCH = 100;

    /** A payout this young is most likely being made right now. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private final PayoutQueries payouts;
    private final Transfers transfers;
    private final StripeClients stripes;
    private final Clock clock;

    public PayoutResolver(PayoutQueries payouts, Transfers transfers, StripeClients stripes, Clock clock) {
        this.payouts = payouts;
        this.transfers = transfers;
        this.stripes = stripes;
        this.clock = clock;
    }

    /** One round over all payouts in flight. */
    public void resolve() {
        if (stripes.of(Mode.LIVE).isEmpty()) {
            return;
        }
        Instant before = clock.instant().minus(LEFT_ALONE);
        long position = 0;
        List<PayoutDetails> batch;
        do {
            batch = payouts.inFlight(before, position, BATCH);
            for (PayoutDetails payout : batch) {
                resolve(payout);
                position = payout.position();
            }
        } while (batch.size() == BATCH);
    }

    private void resolve(PayoutDetails payout) {
        Order order = new Order(payout.payoutId(), payout.destination(), payout.amount(), payout.requestedAt());
        try {
            switch (transfers.settle(order, CAUSE)) {
                case Result.Made(String transferId) ->
                    log.info("payout {} went through as {}", payout.payoutId(), transferId);
                case Result.Refused(var why) ->
                    log.warn("payout {} failed, its margin is restored: {}", payout.payoutId(), why.reason());
                case Result.InDoubt(var why) ->
                    log.info("payout {} is still in doubt: {}", payout.payoutId(), why.reason());
            }
        } catch (Rejected rejected) {
            // It came out otherwise in the meantime, and the read model has not heard of it yet.
            log.debug("payout {} is left as it is", payout.payoutId(), rejected);
        }
    }
}
