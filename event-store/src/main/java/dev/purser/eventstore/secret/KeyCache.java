package dev.purser.eventstore.secret;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Customers' keys in memory: at most 10,000, each for at most a minute (another node may have erased it), none beyond an
 * erasure on this node, not even one that was being read from the database while the erasure happened.
 */
final class KeyCache {

    private static final int MOST = 10_000;
    private static final long KEPT_NANOS = 60_000_000_000L;

    private final Map<String, Slot> keys = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Slot> eldest) {
            return size() > MOST;
        }
    };
    private long erasures;

    @SuppressWarnings("ArrayRecordComponent") // a key, never compared
    private record Slot(byte[] key, long readAtNanos) {}

    synchronized byte @Nullable [] get(String customerId) {
        Slot slot = keys.get(customerId);
        if (slot == null) {
            return null;
        }
        if (System.nanoTime() - slot.readAtNanos > KEPT_NANOS) {
            keys.remove(customerId);
            return null;
        }
        return slot.key;
    }

    /** How many erasures there have been: asked before a key is read from the database. */
    synchronized long erasures() {
        return erasures;
    }

    /** Keeps a key, unless anything was erased since it was read. */
    synchronized void put(String customerId, byte[] key, long erasuresBefore) {
        if (erasures == erasuresBefore) {
            keys.put(customerId, new Slot(key, System.nanoTime()));
        }
    }

    synchronized void forget(String customerId) {
        erasures++;
        keys.remove(customerId);
    }
}
