package dev.purser.domain.wallet;

import dev.purser.domain.HoldId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Expired holds of calls whose bill may still come. The oldest are forgotten above a limit; a bill for one of those is
 * refused, never charged twice.
 */
final class LateHolds {
    private static final int LIMIT = 256;

    private final Map<HoldId, Hold> holds = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HoldId, Hold> eldest) {
            return size() > LIMIT;
        }
    };

    LateHolds(Map<HoldId, Hold> oldestFirst) {
        holds.putAll(oldestFirst);
    }

    /** A view, the oldest first. */
    Map<HoldId, Hold> oldestFirst() {
        return holds;
    }

    @Nullable
    Hold get(HoldId id) {
        return holds.get(id);
    }

    void add(HoldId id, Hold hold) {
        holds.put(id, hold);
    }

    @Nullable
    Hold remove(HoldId id) {
        return holds.remove(id);
    }
}
