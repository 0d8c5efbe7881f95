package dev.purser.sandbox.store;

import org.jspecify.annotations.Nullable;

/** The request that events are caused by; both are null when the sandbox acts by itself. */
public record Origin(@Nullable String requestId, @Nullable String idempotencyKey) {
    public static final Origin SANDBOX = new Origin(null, null);
}
