package dev.purser.domain.payout;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.purser.domain.FromFirstEvent;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.Rejection.PayoutNotInFlight;
import dev.purser.domain.payout.PayoutCommand.ConfirmPayout;
import dev.purser.domain.payout.PayoutCommand.FailPayout;
import dev.purser.domain.payout.PayoutEvent.PayoutFailed;
import dev.purser.domain.payout.PayoutEvent.PayoutPaid;
import dev.purser.domain.payout.PayoutEvent.PayoutRequested;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** A payout: in flight, then paid or failed; a paid one may fail once more, when its transfer is reversed. */
public final class Payout {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    @FromFirstEvent
    private PayoutRequested requested;

    private PayoutStatus status = PayoutStatus.IN_FLIGHT;
    private @Nullable String transferId;

    boolean isRequested() {
        return requested != null;
    }

    boolean isInFlight() {
        return status == PayoutStatus.IN_FLIGHT;
    }

    OrganizationId organizationId() {
        return requested.organizationId();
    }

    void request(PayoutRequested event) {
        apply(event);
    }

    /** The first transfer counts; the view tells which. */
    void confirm(ConfirmPayout command) {
        switch (status) {
            case IN_FLIGHT -> apply(new PayoutPaid(command.transferId(), requested.amount()));
            case PAID -> {}
            case FAILED -> throw new PayoutNotInFlight(requested.payoutId()).asException();
        }
    }

    /** Answers what has to be restored: nothing if it has failed already. */
    Money fail(FailPayout command) {
        switch (status) {
            case IN_FLIGHT -> apply(new PayoutFailed(command.reason(), requested.amount(), false));
            case PAID -> {
                if (!command.reason().equals(FailPayout.REVERSED)) {
                    throw new PayoutNotInFlight(requested.payoutId()).asException();
                }
                apply(new PayoutFailed(command.reason(), requested.amount(), true));
            }
            case FAILED -> {
                return Money.ZERO;
            }
        }
        return requested.amount();
    }

    PayoutView view(Money marginBalance) {
        return new PayoutView(
                requested.payoutId(),
                requested.organizationId(),
                requested.destination(),
                requested.amount(),
                status,
                transferId,
                requested.requestedAt(),
                marginBalance);
    }

    @EventSourcingHandler
    void on(PayoutEvent event) {
        switch (event) {
            case PayoutRequested first -> {
                id = first.payoutId().value();
                requested = first;
            }
            case PayoutPaid paid -> {
                status = PayoutStatus.PAID;
                transferId = paid.transferId();
            }
            case PayoutFailed _ -> status = PayoutStatus.FAILED;
        }
    }
}
