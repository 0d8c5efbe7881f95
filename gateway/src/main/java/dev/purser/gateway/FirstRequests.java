package dev.purser.gateway;

import java.util.Optional;

/** Finds the call that an Idempotency-Key belongs to. Thread-safe. */
@FunctionalInterface
public interface FirstRequests {
    /**
     * @param scope as it was remembered with
     * @return the id of the first request with that key; empty where it is not known (any more)
     */
    Optional<String> firstRequest(String scope, String key);
}
