package dev.purser.query.admin;

import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.wire.RebuildJson;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.engine.Rebuilds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far the projections are, which events they could not take, and what became of the last rebuild. */
@RestController
@Gate(Gate.Kind.OPERATOR)
public final class ProjectionController {
    private final Projections projections;
    private final Rebuilds rebuilds;

    public ProjectionController(Projections projections, Rebuilds rebuilds) {
        this.projections = projections;
        this.rebuilds = rebuilds;
    }

    @GetMapping("/v1/admin/projections")
    public Map<String, @Nullable Object> projections() {
        // Positions first: the head read afterwards is never behind them.
        Map<String, Long> positions = projections.positions();
        Map<String, Long> parked = projections.deadLetterCounts();
        long head = projections.head();
        List<Map<String, @Nullable Object>> each = positions.entrySet().stream()
                .map(entry ->
                        projection(entry.getKey(), entry.getValue(), head, parked.getOrDefault(entry.getKey(), 0L)))
                .toList();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("head", head);
        json.put("projections", each);
        json.put(
                "deadLetterCount",
                parked.values().stream().mapToLong(Long::longValue).sum());
        json.put(
                "deadLetters",
                projections.deadLetters().stream().map(AdminJson::deadLetter).toList());
        json.put("waitsForNewerVersion", projections.standsAsideFor().orElse(null));
        return json;
    }

    @GetMapping("/v1/admin/projections/rebuild")
    public Map<String, @Nullable Object> rebuild() {
        return RebuildJson.of(rebuilds.state().orElseThrow(() -> Problem.notFound("rebuild")));
    }

    private static Map<String, @Nullable Object> projection(String name, long position, long head, long parked) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("position", position);
        json.put("lag", Math.max(0, head - position));
        json.put("deadLetters", parked);
        return json;
    }
}
