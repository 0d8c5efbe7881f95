package dev.purser.query.admin;

import dev.purser.edge.Gate;
import dev.purser.projection.engine.Projections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far the projections are, and which events they could not take. */
@RestController
@Gate(Gate.Kind.OPERATOR)
public final class ProjectionController {
    private final Projections projections;

    public ProjectionController(Projections projections) {
        this.projections = projections;
    }

    @GetMapping("/v1/admin/projections")
    public Map<String, @Nullable Object> projections() {
        // Positions first: the head read afterwards is never behind them.
        Map<String, Long> positions = projections.positions();
        long head = projections.head();
        List<Map<String, @Nullable Object>> each = positions.entrySet().stream()
                .map(entry -> projection(entry.getKey(), entry.getValue(), head))
                .toList();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("head", head);
        json.put("projections", each);
        json.put("deadLetterCount", projections.deadLetterCount());
        json.put(
                "deadLetters",
                projections.deadLetters().stream().map(AdminJson::deadLetter).toList());
        return json;
    }

    private static Map<String, @Nullable Object> projection(String name, long position, long head) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("position", position);
        json.put("lag", Math.max(0, head - position));
        return json;
    }
}
