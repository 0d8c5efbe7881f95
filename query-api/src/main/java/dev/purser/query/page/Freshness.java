package dev.purser.query.page;

import dev.purser.edge.Problem;
import dev.purser.projection.engine.Projections;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Reads your own writes: waits until the projections have reached what a query shows, at most 500 ms, then lets it answer
 * what there is and says so in a header. Thread-safe.
 */
public final class Freshness {
    public static final String STALE_HEADER = "X-Ledger-Stale";
    private static final Duration AT_MOST = Duration.ofMillis(500);

    private final Projections projections;

    public Freshness(Projections projections) {
        this.projections = projections;
    }

    /** For what shows a few streams; false when the answer may be stale. */
    public boolean awaitStreams(HttpServletResponse response, String... streams) {
        return mark(response, projections.awaitStreams(List.of(streams), AT_MOST));
    }

    /** For lists; false when the answer may be stale. */
    public boolean awaitHead(HttpServletResponse response) {
        return mark(response, projections.awaitHead(AT_MOST));
    }

    /** What certainly exists is not in its read model yet: the caller may ask again. */
    public static Problem notProjectedYet(String what) {
        return new Problem(
                503,
                "projections_behind",
                "the " + what + " exists but cannot be shown yet, try again",
                List.of(),
                Map.of("Retry-After", "1"));
    }

    private static boolean mark(HttpServletResponse response, boolean fresh) {
        if (!fresh) {
            response.setHeader(STALE_HEADER, "true");
        }
        return fresh;
    }
}
