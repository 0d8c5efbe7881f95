package dev.purser.command.admin;

import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import dev.purser.edge.idempotency.Answers;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import dev.purser.edge.wire.RebuildJson;
import dev.purser.projection.engine.OnDifference;
import dev.purser.projection.engine.RebuildRefused;
import dev.purser.projection.engine.RebuildState;
import dev.purser.projection.engine.RetryOutcome;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rebuilds of read models and retries of dead letters. Nothing here changes the ledger, so no idempotency key is needed. */
@RestController
@Gate(Kind.OPERATOR)
public final class ProjectionCareController {
    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final int MAX_NAMES = 50;
    private static final int MAX_NAME_CHARACTERS = 100;
    private static final Map<String, OnDifference> ON_DIFFERENCE =
            Map.of(OnDifference.KEEP.word(), OnDifference.KEEP, OnDifference.SWITCH.word(), OnDifference.SWITCH);

    private final ProjectionCare care;

    public ProjectionCareController(ProjectionCare care) {
        this.care = care;
    }

    @PostMapping("/v1/admin/projections/rebuild")
    ResponseEntity<byte[]> rebuild(Call call) {
        Fields fields = call.fields();
        List<String> names = fields.optionalTexts("projections", MAX_NAMES, MAX_NAME_CHARACTERS);
        OnDifference onDifference = fields.optionalWord("onDifference", ON_DIFFERENCE);
        if (names != null && !care.names().containsAll(names)) {
            fields.refuse("projections", "must be among " + String.join(", ", care.names()));
        }
        fields.verify();
        List<String> chosen = names == null || names.isEmpty() ? care.names() : names;
        return answer(ACCEPTED, () -> care.rebuild(chosen, onDifference == null ? OnDifference.KEEP : onDifference));
    }

    @PostMapping("/v1/admin/projections/rebuild/switch")
    ResponseEntity<byte[]> switchToKept(Call call) {
        call.fields().verify();
        return answer(OK, care::switchToKept);
    }

    @PostMapping("/v1/admin/projections/rebuild/discard")
    ResponseEntity<byte[]> discardKept(Call call) {
        call.fields().verify();
        return answer(OK, care::discardKept);
    }

    @PostMapping("/v1/admin/projections/{name}/retry")
    ResponseEntity<byte[]> retry(@PathVariable String name, Call call) {
        call.fields().verify();
        if (!care.names().contains(name)) {
            throw Problem.notFound("projection");
        }
        RetryOutcome outcome = care.retry(name);
        return Answers.json(OK, Map.of("applied", outcome.applied(), "left", outcome.left()));
    }

    private static ResponseEntity<byte[]> answer(int status, Supplier<RebuildState> work) {
        try {
            return Answers.json(status, RebuildJson.of(work.get()));
        } catch (RebuildRefused e) {
            String code = switch (e.reason()) {
                case UNDER_WAY -> "rebuild_under_way";
                case NOTHING_KEPT -> "no_rebuilt_tables";
            };
            throw new Problem(409, code, String.valueOf(e.getMessage()));
        }
    }
}
