package dev.purser.gateway.settlement;

import dev.purser.domain.HoldId;
import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Money;
import dev.purser.domain.Rejected;
import dev.purser.domain.wallet.Debited;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.domain.wallet.WalletView;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.metering.Measured;
import dev.purser.gateway.metering.WorstCase;
import dev.purser.gateway.settlement.CallTerms.IdempotencyKey;
import dev.purser.gateway.upstream.CallControl;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call whose worst case is held. Ends with {@link #capture} or {@link #release}, once. Thread-safe. */
public final class OpenCall {
    private static final Logger log = LoggerFactory.getLogger(OpenCall.class);
    private static final long[] PAUSES_MILLIS = {50, 250};

    private final OpenCalls calls;
    private final Ledger ledger;
    private final Clock clock;
    private final CallTerms terms;
    private final HoldId holdId;
    private final List<Priced> candidates;
    private final CallControl control = new CallControl();
    private volatile Priced current;
    private volatile @Nullable Supplier<Measured> usedSoFar;
    private volatile boolean ended;

    OpenCall(OpenCalls calls, Ledger ledger, Clock clock, CallTerms terms, HoldId holdId, List<Priced> candidates) {
        this.calls = calls;
        this.ledger = ledger;
        this.clock = clock;
        this.terms = terms;
        this.holdId = holdId;
        this.candidates = List.copyOf(candidates);
        this.current = candidates.getFirst();
    }

    /** A model, its greatest use by this request, and the version of the prices that say so. */
    public record Priced(Offer offer, WorstCase worstCase, int priceVersion) {}

    /** Who may answer, in the order in which to ask. What is held is enough for each of them. */
    public List<Priced> candidates() {
        return candidates;
    }

    /** From now on this one is asked; before {@link #begin}. */
    public void moveTo(Priced candidate) {
        current = candidate;
    }

    public Offer offer() {
        return current.offer();
    }

    public WorstCase worstCase() {
        return current.worstCase();
    }

    public String requestId() {
        return holdId.value();
    }

    /** Stops the upstream call when the server goes down. */
    public CallControl control() {
        return control;
    }

    /** From now on the provider is at work: this is what would be billed if nothing more were heard. */
    public void begin(Supplier<Measured> used) {
        usedSoFar = used;
    }

    /**
     * Bills the call; returns when that is durable. Empty when it was billed before, by an attempt whose answer was lost or
     * after its hold had expired: then the receipt has the figure.
     *
     * @throws LedgerUnavailable when it could not be made so in time; it goes on being tried in the background
     */
    public Optional<Bill> capture(Measured measured) {
        begin(() -> measured);
        ended = true;
        Money cost = cost(measured);
        CaptureHold command = new CaptureHold(
                terms.walletId(), holdId, HoldOrigin.GATEWAY, cost, metering(measured), clock.instant());
        try {
            Bill bill = insist(() -> {
                Debited debited = ledger.send(command, terms.cause());
                return new Bill(debited.cost(), debited.charged());
            });
            calls.closed(this);
            if (bill == null) {
                log.warn("request {} was billed before, with another figure perhaps than {}", holdId, cost);
            }
            return Optional.ofNullable(bill);
        } catch (LedgerUnavailable e) {
            calls.later(this, () -> ledger.send(command, terms.cause()));
            throw e;
        } catch (RuntimeException e) {
            // Not renewed any more, the hold expires, and what was on record is billed.
            calls.closed(this);
            throw e;
        }
    }

    /**
     * Frees the hold without a bill, and the client's key with it: nothing was charged, so the call may be made again.
     * Never fails: what cannot be released now is released later, or expires.
     */
    public void release() {
        usedSoFar = null;
        ended = true;
        try {
            insist(this::sendRelease);
            calls.closed(this);
        } catch (LedgerUnavailable e) {
            calls.later(this, this::sendRelease);
        }
    }

    private WalletView sendRelease() {
        ReleaseHold release = new ReleaseHold(terms.walletId(), holdId, HoldOrigin.GATEWAY);
        IdempotencyKey key = terms.idempotency();
        return key == null
                ? ledger.send(release, terms.cause())
                : ledger.send(release, terms.cause(), new Ledger.Forget(terms.idempotencyScope(), key.key()));
    }

    /** For what nobody foresaw: a call never outlives its request, however that ends. */
    public void endIfOpen() {
        if (ended) {
            return;
        }
        Supplier<Measured> used = usedSoFar;
        if (used == null) {
            release();
        } else {
            capture(used.get());
        }
    }

    void renew(Instant expiresAt) {
        Supplier<Measured> used = usedSoFar;
        Measured measured = used == null ? null : used.get();
        RenewHold command = new RenewHold(
                terms.walletId(),
                holdId,
                expiresAt,
                measured == null ? Money.ZERO : cost(measured),
                measured == null ? null : metering(measured));
        try {
            ledger.send(command, terms.cause());
        } catch (Rejected | LedgerUnavailable e) {
            log.debug("hold {} was not renewed: {}", holdId, e.toString());
        }
    }

    private Money cost(Measured measured) {
        return offer().tariff().charge(measured.usage());
    }

    private Metering metering(Measured measured) {
        Offer answering = offer();
        return new Metering(
                answering.name(),
                answering.provider().id(),
                measured.usage(),
                measured.source(),
                current.priceVersion(),
                measured.upstreamId());
    }

    /** Null: the hold is closed already, by an attempt whose answer was lost or by its expiry. */
    private <R> @Nullable R insist(Supplier<R> attempt) {
        for (int failures = 0; ; failures++) {
            try {
                return attempt.get();
            } catch (Rejected e) {
                log.info("hold {} was closed already: {}", holdId, e.toString());
                return null;
            } catch (LedgerUnavailable e) {
                if (failures == PAUSES_MILLIS.length || !paused(PAUSES_MILLIS[failures])) {
                    throw e;
                }
            }
        }
    }

    private static boolean paused(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
