package dev.purser.edge.wire;

import dev.purser.projection.engine.RebuildState;
import dev.purser.projection.engine.TableComparison;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rebuild of read models, on the wire. */
public final class RebuildJson {
    private RebuildJson() {}

    public static Map<String, @Nullable Object> of(RebuildState state) {
        Instant finishedAt = state.finishedAt();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("projections", state.projections());
        json.put("onDifference", state.onDifference().word());
        json.put("phase", state.phase().word());
        json.put("eventsDone", state.eventsDone());
        json.put("eventsTotal", state.eventsTotal());
        json.put("eventsPerSecond", state.eventsPerSecond());
        json.put("etaSeconds", state.etaSeconds());
        json.put(
                "comparison",
                state.comparisons().stream().map(RebuildJson::comparison).toList());
        json.put("error", state.error());
        json.put("startedAt", Times.iso(state.startedAt()));
        json.put("finishedAt", finishedAt == null ? null : Times.iso(finishedAt));
        return json;
    }

    private static Map<String, @Nullable Object> comparison(TableComparison table) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("table", table.table());
        json.put("equal", table.isEqual());
        json.put("liveRows", table.liveRows());
        json.put("rebuiltRows", table.nextRows());
        json.put("onlyLive", table.onlyLive());
        json.put("onlyRebuilt", table.onlyNext());
        json.put("differing", table.differing());
        json.put("sample", table.sample());
        return json;
    }
}
