package dev.purser.gateway.wire;

import dev.purser.edge.Problem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * The memory that request bodies may take at once: an eighth of the heap, counted in KiB of body. What does not fit is
 * answered 503 before a byte of it is read. Thread-safe.
 */
public final class BodyMemory {
    private static final int KIB = 1_024;
    private static final int SHARE_OF_HEAP = 8;

    private final Semaphore kibs;

    public BodyMemory(long bytes) {
        this.kibs = new Semaphore(kibs(Math.min(bytes, (long) Integer.MAX_VALUE * KIB)));
    }

    public static BodyMemory ofThisHeap() {
        return new BodyMemory(Math.max(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, 2L * JsonBody.MAX_BYTES));
    }

    /** @param declaredBytes the request's Content-Length, negative where there is none */
    public Lease take(long declaredBytes) {
        int wanted = kibs(declaredBytes < 0 ? JsonBody.MAX_BYTES : Math.min(declaredBytes, JsonBody.MAX_BYTES));
        if (!kibs.tryAcquire(wanted)) {
            throw new Problem(
                    503,
                    "api_error",
                    "Too many large requests are under way; try again a little later",
                    List.of(),
                    Map.of("Retry-After", "1"));
        }
        return new Lease(wanted);
    }

    private static int kibs(long bytes) {
        return (int) (bytes / KIB) + 1;
    }

    /** A share, given back by {@link #close}. Used by one thread. */
    public final class Lease implements AutoCloseable {
        private int held;

        private Lease(int held) {
            this.held = held;
        }

        /** Gives back what was taken for a body of unknown length and not needed. */
        public void shrinkTo(long bytes) {
            int needed = kibs(bytes);
            if (needed < held) {
                kibs.release(held - needed);
                held = needed;
            }
        }

        @Override
        public void close() {
            kibs.release(held);
            held = 0;
        }
    }
}
