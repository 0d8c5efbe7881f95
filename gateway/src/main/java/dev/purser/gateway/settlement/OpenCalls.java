package dev.purser.gateway.settlement;

import dev.purser.domain.ClaimTaken;
import dev.purser.domain.HoldId;
import dev.purser.domain.Ledger;
import dev.purser.domain.Ledger.Remember;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Money;
import dev.purser.domain.Rejected;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletView;
import dev.purser.edge.Problem;
import dev.purser.gateway.FirstRequests;
import dev.purser.gateway.settlement.CallTerms.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls under way on this node: renews their holds, settles later what cannot be settled at once, ends with them. */
public final class OpenCalls implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OpenCalls.class);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final FirstRequests firstRequests;
    private final Clock clock;
    private final HoldSettings settings;
    private final Set<OpenCall> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("hold-renewal").factory());
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closing;

    @SuppressWarnings("FutureReturnValueIgnored") // the timer ends with this object
    public OpenCalls(Ledger ledger, FirstRequests firstRequests, Clock clock, HoldSettings settings) {
        this.ledger = ledger;
        this.firstRequests = firstRequests;
        this.clock = clock;
        this.settings = settings;
        long millis = settings.renewEvery().toMillis();
        timer.scheduleWithFixedDelay(this::renewAll, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Holds the worst case of the dearest candidate; returns when that is durable.
     *
     * @param candidates who may answer, in the order in which to ask
     * @throws Rejected for want of money, room under the session's cap, or with a frozen wallet
     * @throws Problem 409 for a key that has been used, 503 when no more calls are taken
     */
    public OpenCall open(CallTerms terms, String requestId, List<OpenCall.Priced> candidates) {
        if (closing || open.size() >= settings.maxOpenCalls()) {
            throw new Problem(
                    503,
                    "api_error",
                    "The gateway takes no more calls right now.",
                    List.of(),
                    Map.of("Retry-After", "1"));
        }
        HoldId holdId = new HoldId(requestId);
        OpenCall call = new OpenCall(this, ledger, clock, terms, holdId, candidates);
        HoldCredits command = new HoldCredits(
                terms.walletId(),
                holdId,
                dearest(candidates),
                HoldOrigin.GATEWAY,
                terms.sessionId(),
                terms.cap(),
                candidates.getFirst().offer().name(),
                expiry());
        try {
            hold(command, terms, requestId);
        } catch (LedgerUnavailable e) {
            if (!e.outcomeKnown()) {
                background(call::release);
            }
            throw e;
        }
        open.add(call);
        return call;
    }

    private static Money dearest(List<OpenCall.Priced> candidates) {
        return candidates.stream().map(priced -> priced.worstCase().amount()).reduce(Money.ZERO, Money::max);
    }

    private void hold(HoldCredits command, CallTerms terms, String requestId) {
        IdempotencyKey idempotency = terms.idempotency();
        if (idempotency == null) {
            ledger.send(command, terms.cause());
            return;
        }
        String scope = terms.idempotencyScope();
        Remember<WalletView> remember = Remember.constant(
                scope, idempotency.key(), idempotency.requestHash(), 409, requestId.getBytes(StandardCharsets.UTF_8));
        try {
            ledger.send(command, terms.cause(), remember);
        } catch (ClaimTaken e) {
            if (!e.table().equals("idempotency")) {
                throw e;
            }
            throw new Problem(
                    409,
                    "idempotency_conflict",
                    "This Idempotency-Key belongs to request "
                            + firstRequests
                                    .firstRequest(scope, idempotency.key())
                                    .orElse("that is just beginning")
                            + "; nothing was charged for this one.");
        }
    }

    /** Stops taking calls, lets those under way finish within the grace time, then cuts them and waits for their bills. */
    @Override
    public void close() {
        closing = true;
        awaitNone(settings.grace());
        open.forEach(call -> call.control().cancel());
        awaitNone(LAST_MOMENT);
        if (!open.isEmpty()) {
            log.warn("{} calls are not settled; their holds expire with what is on record", open.size());
        }
        timer.shutdownNow();
        background.shutdownNow();
    }

    /** How many calls are held at present. */
    public int size() {
        return open.size();
    }

    void closed(OpenCall call) {
        open.remove(call);
    }

    /**
     * Goes on trying to close a call until that is done or this node stops; its hold is renewed meanwhile, and should it
     * expire in an outage, its wallet still takes the late bill.
     */
    void later(OpenCall call, Runnable attempt) {
        background(() -> {
            for (int attempts = 1; ; attempts++) {
                try {
                    Thread.sleep(MAX_PAUSE.dividedBy(Math.max(1, 6L - attempts)));
                    attempt.run();
                    break;
                } catch (Rejected e) {
                    break;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                } catch (LedgerUnavailable e) {
                    log.warn("request {} is not settled yet, attempt {}", call.requestId(), attempts);
                }
            }
            closed(call);
        });
    }

    void renewAll() {
        Instant expiresAt = expiry();
        open.forEach(call -> background(() -> call.renew(expiresAt)));
    }

    private Instant expiry() {
        return clock.instant().plus(settings.lifetime());
    }

    private void background(Runnable task) {
        try {
            background.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("stopped: {}", e.toString());
        }
    }

    private void awaitNone(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!open.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
