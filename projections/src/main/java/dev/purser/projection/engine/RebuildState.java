package dev.purser.projection.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last rebuild, under way or over.
 *
 * @param eventsDone of {@code eventsTotal}: what every one of the projections has taken
 * @param etaSeconds until all events are taken; null when that cannot be told
 * @param comparisons by table; empty before the comparison
 * @param finishedAt null while it is under way, and when its process is gone
 */
public record RebuildState(
        List<String> projections,
        OnDifference onDifference,
        RebuildPhase phase,
        long eventsDone,
        long eventsTotal,
        long eventsPerSecond,
        @Nullable Long etaSeconds,
        List<TableComparison> comparisons,
        @Nullable String error,
        Instant startedAt,
        @Nullable Instant finishedAt) {
    /** Whether some process works on it. */
    public boolean isUnderWay() {
        return switch (phase) {
            case FILLING, ALIGNING, COMPARING, SWITCHING -> true;
            case SWITCHED, DIFFERS, DISCARDED, FAILED, INTERRUPTED -> false;
        };
    }
}
