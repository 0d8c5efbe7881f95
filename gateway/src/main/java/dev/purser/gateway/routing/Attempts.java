package dev.purser.gateway.routing;

import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.routing.Breakers.Permit;
import dev.purser.gateway.settlement.OpenCall;
import dev.purser.gateway.settlement.OpenCall.Priced;
import dev.purser.gateway.upstream.UpstreamFailure;
import dev.purser.gateway.upstream.UpstreamFailure.Kind;
import dev.purser.gateway.upstream.UpstreamFailure.Remedy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the providers of a model in order until one begins to answer. Thread-safe. */
final class Attempts {
    private static final Logger log = LoggerFactory.getLogger(Attempts.class);
    private static final Duration CANCEL_CHECK = Duration.ofMillis(100);

    private final RetrySettings settings;
    private final Breakers breakers;

    Attempts(RetrySettings settings) {
        this.settings = settings;
        this.breakers = new Breakers(settings);
    }

    /**
     * The first answer; the call stands with the provider that gave it.
     *
     * @throws UpstreamFailure when nobody answers: what the first provider that was asked has said
     */
    <A> A first(OpenCall call, Ask<A> ask) throws UpstreamFailure {
        UpstreamFailure failure = null;
        for (Priced candidate : call.candidates()) {
            Optional<Permit> permit = breakers.permit(candidate.offer());
            if (permit.isEmpty()) {
                continue;
            }
            call.moveTo(candidate);
            try {
                return insist(call, candidate.offer(), permit.get(), ask);
            } catch (UpstreamFailure e) {
                failure = failure == null ? e : failure;
                if (e.remedy() == Remedy.NONE) {
                    throw failure;
                }
                log.info(
                        "request {}: {} gave no answer ({})",
                        call.requestId(),
                        candidate.offer().name(),
                        e.kind());
            }
        }
        throw failure == null ? leftAlone() : failure;
    }

    private UpstreamFailure leftAlone() {
        long seconds = Math.max(1, settings.breakerPause().toSeconds());
        return new UpstreamFailure(
                Kind.UNAVAILABLE, "The provider has been failing; try later.", OptionalInt.of((int) seconds));
    }

    private <A> A insist(OpenCall call, Offer offer, Permit permit, Ask<A> ask) throws UpstreamFailure {
        UpstreamFailure ended = null;
        boolean over = false;
        try {
            for (int retry = 0; ; retry++) {
                try {
                    A answer = ask.at(offer, call);
                    over = true;
                    permit.succeeded();
                    return answer;
                } catch (UpstreamFailure e) {
                    Duration pause = pause(e, retry);
                    if (pause == null) {
                        ended = e;
                        throw e;
                    }
                    sleep(call, pause);
                }
            }
        } finally {
            if (ended != null) {
                permit.failed(ended);
            } else if (!over) {
                permit.unused();
            }
        }
    }

    /** How long to wait before asking the same provider again; null: not at all. */
    private @Nullable Duration pause(UpstreamFailure failure, int retry) {
        if (failure.remedy() != Remedy.RETRY || retry == settings.retries()) {
            return null;
        }
        long base = settings.pause().toMillis() << retry;
        Duration varied =
                Duration.ofMillis(base / 2 + ThreadLocalRandom.current().nextLong(base + 1));
        if (failure.retryAfterSeconds().isEmpty()) {
            return varied;
        }
        Duration asked = Duration.ofSeconds(failure.retryAfterSeconds().getAsInt());
        if (asked.compareTo(settings.maxRetryAfter()) > 0) {
            return null;
        }
        return asked.plus(varied.dividedBy(2));
    }

    private static void sleep(OpenCall call, Duration pause) throws UpstreamFailure {
        long end = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
                if (call.control().cancelled()) {
                    throw new UpstreamFailure(Kind.CANCELLED, "The call was stopped.");
                }
                Thread.sleep(Duration.ofNanos(Math.min(left, CANCEL_CHECK.toNanos())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamFailure(Kind.CANCELLED, "The call was stopped.");
        }
    }
}
