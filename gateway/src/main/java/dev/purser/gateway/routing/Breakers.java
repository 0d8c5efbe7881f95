package dev.purser.gateway.routing;

import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.upstream.UpstreamFailure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Leaves a model at a provider alone while it only fails: one breaker for each, so that one overloaded model does not
 * close off the others of its provider. Thread-safe.
 */
final class Breakers {
    private static final int PROBES = 3;

    private final CircuitBreakerConfig config;
    private final ConcurrentMap<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    Breakers(RetrySettings settings) {
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.breakerCalls())
                .minimumNumberOfCalls(Math.max(1, settings.breakerCalls() / 2))
                .failureRateThreshold(settings.breakerFailurePercent())
                .waitDurationInOpenState(settings.breakerPause())
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .build();
    }

    /** Empty while the model is left alone. */
    Optional<Permit> permit(Offer offer) {
        CircuitBreaker breaker = breakers.computeIfAbsent(offer.name(), name -> CircuitBreaker.of(name, config));
        return breaker.tryAcquirePermission() ? Optional.of(new Permit(breaker)) : Optional.empty();
    }

    /** The right to ask, retries included; ends with one of its methods. */
    static final class Permit {
        private final CircuitBreaker breaker;
        private final long start;

        private Permit(CircuitBreaker breaker) {
            this.breaker = breaker;
            this.start = breaker.getCurrentTimestamp();
        }

        void succeeded() {
            breaker.onSuccess(elapsed(), breaker.getTimestampUnit());
        }

        /** Only what the provider is to blame for counts against it. */
        void failed(UpstreamFailure failure) {
            switch (failure.kind()) {
                case BROKEN, UNAVAILABLE, TIMEOUT -> breaker.onError(elapsed(), breaker.getTimestampUnit(), failure);
                case BAD_REQUEST, RATE_LIMITED -> succeeded();
                case CANCELLED -> unused();
            }
        }

        void unused() {
            breaker.releasePermission();
        }

        private long elapsed() {
            return breaker.getCurrentTimestamp() - start;
        }
    }
}
