package dev.purser.payments.reconciliation;

import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.TopUpId;
import dev.purser.domain.topup.TopUpStatus;
import dev.purser.payments.event.Handled;
import dev.purser.payments.event.StripeEvents;
import dev.purser.payments.reconciliation.Finding.Kind;
import dev.purser.payments.stripe.Cents;
import dev.purser.payments.stripe.StripeApi;
import dev.purser.payments.stripe.StripeFailure;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.payout.PayoutDetails;
import dev.purser.projection.payout.PayoutQueries;
import dev.purser.projection.topup.TopUpDetails;
import dev.purser.projection.topup.TopUpQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: first Stripe's events are handled as if they came in by the webhook, which makes up for those that did not; then
 * Stripe's payments and our top-ups of the same time are held against each other, both ways. Thread-safe.
 */
public final class Reconciliation {
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);
    private static final Cause CAUSE = new Cause("reconciliation", "");
    private static final int BATCH = 200;
    private static final Duration PROJECTED_WITHIN = Duration.ofSeconds(10);
    private static final Duration IN_DOUBT_AFTER = Duration.ofHours(1);
    private static final String PAID = "succeeded";

    private final StripeEvents events;
    private final TopUpQueries topUps;
    private final PayoutQueries payouts;
    private final Projections projections;

    public Reconciliation(StripeEvents events, TopUpQueries topUps, PayoutQueries payouts, Projections projections) {
        this.events = events;
        this.topUps = topUps;
        this.payouts = payouts;
        this.projections = projections;
    }

    /**
     * Throws when Stripe or the ledger cannot be asked: then all of it has to be done again.
     *
     * @param before what was found earlier, and is looked at again
     */
    void run(StripeApi stripe, Instant since, Instant now, List<Finding> before, Report report) {
        Set<String> looked = new HashSet<>();
        stripe.events(since, StripeEvents.TYPES, event -> {
            looked.add(event.getId());
            handle(stripe.mode(), event, report);
        });
        projections.awaitHead(PROJECTED_WITHIN);
        stripe.intents(since, intent -> {
            String marked =
                    intent.getMetadata() == null ? null : intent.getMetadata().get(StripeApi.TOP_UP);
            if (marked != null) {
                looked.add(intent.getId());
                compare(stripe.mode(), intent, marked, report);
            }
        });
        compareSettled(stripe, since, now, looked, report);
        if (stripe.mode() == Mode.LIVE) {
            addPayoutsInDoubt(now, report);
        }
        for (Finding finding : before) {
            String stripeId = finding.stripeId();
            if (stripeId != null && !looked.contains(stripeId) && !report.has(finding)) {
                lookAgain(stripe, finding, stripeId, report);
            }
        }
    }

    /** Wherever it was found; payouts in doubt are all looked at in each run. */
    private void lookAgain(StripeApi stripe, Finding finding, String stripeId, Report report) {
        try {
            if (stripeId.startsWith("evt_")) {
                handle(stripe.mode(), stripe.event(stripeId), report);
            } else if (stripeId.startsWith("pi_") && finding.topUpId() != null) {
                compare(stripe.mode(), stripe.intent(stripeId), finding.topUpId(), report);
            } else if (stripeId.startsWith("tr_") && !stripe.isReversed(stripeId)) {
                report.add(finding);
            }
        } catch (StripeFailure failure) {
            // Also what Stripe does not keep any more, a month later, is not forgotten here.
            report.add(finding);
        }
    }

    private void handle(Mode mode, Event event, Report report) {
        report.readEvent();
        try {
            boolean news = isNews(event);
            switch (events.handle(mode, event)) {
                case Handled.Unknown(String id) ->
                    report.add(new Finding(Kind.UNKNOWN_TOP_UP, id, event.getId(), event.getType() + " is about it"));
                case Handled.ReversedInPart(String payoutId, String transferId) ->
                    report.add(new Finding(
                            Kind.REVERSED_IN_PART, payoutId, transferId, "reversed in part; nothing is booked"));
                case Handled.TopUp _, Handled.Payout _, Handled.Ignored _ -> {
                    if (news) {
                        report.caughtUp();
                    }
                }
            }
        } catch (LedgerUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            log.warn("Stripe's event {} ({}) could not be handled", event.getId(), event.getType(), e);
            report.add(new Finding(
                    Kind.EVENT_FAILED,
                    null,
                    event.getId(),
                    event.getType() + " could not be handled: " + e.getMessage()));
        }
    }

    /** Whether an event tells of a payment that was not known until now, as far as the read models know. */
    private boolean isNews(Event event) {
        return StripeEvents.paidTopUp(event)
                .flatMap(topUps::topUp)
                .filter(topUp -> topUp.status() == TopUpStatus.QUOTED)
                .isPresent();
    }

    private void compare(Mode mode, PaymentIntent intent, String marked, Report report) {
        report.comparedPayment();
        try {
            compareOne(mode, intent, marked, report);
        } catch (LedgerUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            log.warn("Stripe's payment {} could not be compared with {}", intent.getId(), marked, e);
            report.add(
                    new Finding(Kind.NOT_COMPARED, marked, intent.getId(), "could not be compared: " + e.getMessage()));
        }
    }

    private void compareOne(Mode mode, PaymentIntent intent, String marked, Report report) {
        boolean paid = PAID.equals(intent.getStatus());
        TopUpDetails topUp = find(marked);
        if (topUp == null) {
            if (paid && keepsMoney(intent)) {
                report.add(new Finding(Kind.UNKNOWN_TOP_UP, marked, intent.getId(), "paid, but not known here"));
            }
            return;
        }
        boolean own = topUp.paymentIntentId() == null || topUp.paymentIntentId().equals(intent.getId());
        if (!own) {
            if (paid && keepsMoney(intent)) {
                report.add(new Finding(
                        Kind.OTHER_PAYMENT, marked, intent.getId(), "paid beside " + topUp.paymentIntentId()));
            }
            return;
        }
        switch (topUp.status()) {
            case QUOTED -> {
                if (paid) {
                    catchUp(mode, intent, report);
                }
            }
            case PARKED -> {
                if (keepsMoney(intent)) {
                    report.add(parked(marked, intent.getId()));
                }
            }
            case SETTLED -> {
                if (!paid) {
                    report.add(notPaid(topUp, "is " + intent.getStatus()));
                } else {
                    compareAmounts(mode, topUp, intent, report);
                }
            }
        }
    }

    /** Whether anything of it is left that was not refunded. */
    private static boolean keepsMoney(PaymentIntent intent) {
        Charge charge = intent.getLatestChargeObject();
        return charge == null || charge.getAmountRefunded() < charge.getAmount();
    }

    private void catchUp(Mode mode, PaymentIntent intent, Report report) {
        Charge charge = intent.getLatestChargeObject();
        Instant paidAt = Instant.ofEpochSecond(charge == null ? intent.getCreated() : charge.getCreated());
        if (events.settle(mode, intent, paidAt, CAUSE) instanceof Handled.TopUp(var view)) {
            report.caughtUp();
            if (view.status() == TopUpStatus.PARKED) {
                report.add(parked(view.topUpId().value(), intent.getId()));
            }
        }
    }

    private void compareAmounts(Mode mode, TopUpDetails topUp, PaymentIntent intent, Report report) {
        Money received = Cents.money(intent.getAmountReceived());
        if (!received.equals(topUp.paid())) {
            report.add(new Finding(
                    Kind.AMOUNT_DIFFERS,
                    topUp.topUpId().value(),
                    intent.getId(),
                    "%s here, %s at Stripe".formatted(topUp.paid(), received)));
        }
        Charge charge = intent.getLatestChargeObject();
        if (charge == null) {
            return;
        }
        Money refunded = Cents.money(charge.getAmountRefunded());
        if (refunded.exceeds(topUp.refundReported())) {
            events.refund(mode, charge, CAUSE);
        } else if (topUp.refundReported().exceeds(refunded)) {
            report.add(new Finding(
                    Kind.REFUND_UNDONE,
                    topUp.topUpId().value(),
                    intent.getId(),
                    "%s refunded here, %s at Stripe".formatted(topUp.refundReported(), refunded)));
        }
    }

    /** The other way: what is settled here must have been paid there. */
    private void compareSettled(StripeApi stripe, Instant since, Instant now, Set<String> compared, Report report) {
        long position = 0;
        List<TopUpDetails> batch;
        do {
            batch = topUps.settled(stripe.mode(), since, now, position, BATCH);
            for (TopUpDetails topUp : batch) {
                position = topUp.position();
                String paymentIntentId = topUp.paymentIntentId();
                if (paymentIntentId != null && !compared.contains(paymentIntentId)) {
                    compareSettled(stripe, topUp, paymentIntentId, report);
                }
            }
        } while (batch.size() == BATCH);
    }

    private void compareSettled(StripeApi stripe, TopUpDetails topUp, String paymentIntentId, Report report) {
        try {
            compare(
                    stripe.mode(),
                    stripe.intent(paymentIntentId),
                    topUp.topUpId().value(),
                    report);
        } catch (StripeFailure failure) {
            if (failure.outcome() != StripeFailure.Outcome.REFUSED) {
                throw failure;
            }
            report.add(notPaid(topUp, "is not known to Stripe: " + failure.reason()));
        }
    }

    private void addPayoutsInDoubt(Instant now, Report report) {
        long position = 0;
        List<PayoutDetails> batch;
        do {
            batch = payouts.inFlight(now.minus(IN_DOUBT_AFTER), position, BATCH);
            for (PayoutDetails payout : batch) {
                position = payout.position();
                report.add(new Finding(
                        Kind.PAYOUT_IN_DOUBT,
                        payout.payoutId().value(),
                        payout.destination(),
                        payout.amount() + " in flight since " + payout.requestedAt()));
            }
        } while (batch.size() == BATCH);
    }

    private @Nullable TopUpDetails find(String marked) {
        try {
            return topUps.topUp(new TopUpId(marked)).orElse(null);
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    private static Finding parked(String topUpId, String paymentIntentId) {
        return new Finding(Kind.PARKED, topUpId, paymentIntentId, "paid, but not as quoted; nothing is credited");
    }

    private static Finding notPaid(TopUpDetails topUp, String how) {
        return new Finding(
                Kind.NOT_PAID, topUp.topUpId().value(), topUp.paymentIntentId(), "settled here, its payment " + how);
    }
}
