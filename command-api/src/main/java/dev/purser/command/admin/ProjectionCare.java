package dev.purser.command.admin;

import dev.purser.projection.engine.OnDifference;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.engine.RebuildState;
import dev.purser.projection.engine.Rebuilds;
import dev.purser.projection.engine.RetryOutcome;
import java.util.List;

/** What can be done for the projections. */
public interface ProjectionCare {
    List<String> names();

    RebuildState rebuild(List<String> names, OnDifference onDifference);

    RebuildState switchToKept();

    RebuildState discardKept();

    RetryOutcome retry(String name);

    static ProjectionCare of(Projections projections, Rebuilds rebuilds) {
        return new ProjectionCare() {
            @Override
            public List<String> names() {
                return projections.names();
            }

            @Override
            public RebuildState rebuild(List<String> names, OnDifference onDifference) {
                rebuilds.start(names, onDifference);
                return rebuilds.state().orElseThrow();
            }

            @Override
            public RebuildState switchToKept() {
                return rebuilds.switchToKept();
            }

            @Override
            public RebuildState discardKept() {
                return rebuilds.discardKept();
            }

            @Override
            public RetryOutcome retry(String name) {
                return projections.retry(name);
            }
        };
    }
}
