package dev.purser.command;

import dev.purser.command.admin.ProjectionCare;
import dev.purser.projection.engine.OnDifference;
import dev.purser.projection.engine.RebuildPhase;
import dev.purser.projection.engine.RebuildRefused;
import dev.purser.projection.engine.RebuildState;
import dev.purser.projection.engine.RetryOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two projections, and a rebuild that is wherever a test says. */
public final class FakeProjectionCare implements ProjectionCare {
    public RebuildRefused.@Nullable Reason refusal;
    public @Nullable RebuildState last;

    @Override
    public List<String> names() {
        return List.of("wallet", "session");
    }

    @Override
    public RebuildState rebuild(List<String> names, OnDifference onDifference) {
        return state(names, onDifference, RebuildPhase.FILLING);
    }

    @Override
    public RebuildState switchToKept() {
        return state(names(), OnDifference.KEEP, RebuildPhase.SWITCHED);
    }

    @Override
    public RebuildState discardKept() {
        return state(names(), OnDifference.KEEP, RebuildPhase.DISCARDED);
    }

    @Override
    public RetryOutcome retry(String name) {
        return new RetryOutcome(2, 1);
    }

    private RebuildState state(List<String> names, OnDifference onDifference, RebuildPhase phase) {
        if (refusal != null) {
            throw new RebuildRefused(refusal);
        }
        RebuildState state =
                new RebuildState(names, onDifference, phase, 10, 100, 5, 18L, List.of(), null, TestApi.NOW, null);
        last = state;
        return state;
    }
}
