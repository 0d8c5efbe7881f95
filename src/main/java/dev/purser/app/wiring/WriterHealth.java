package dev.purser.app.wiring;

import dev.purser.app.node.Leadership;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.engine.Projections;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down while commands cannot be taken: by this process or, of several, by any that this one reaches. Shows how far the read
 * models are behind and what they could not take.
 */
final class WriterHealth extends AbstractHealthIndicator {
    /** As long as another node may take to begin to lead. */
    private static final Duration WITHOUT_LEADER = Duration.ofSeconds(5);

    private final EventLog log;
    private final Projections projections;
    private final @Nullable Leadership leadership;

    /** @param leadership null where there is one node only */
    WriterHealth(EventLog log, Projections projections, @Nullable Leadership leadership) {
        super("The ledger cannot be examined");
        this.log = log;
        this.projections = projections;
        this.leadership = leadership;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (leadership != null) {
            ofSeveral(leadership, builder);
        } else if (log.isWrittenHere()) {
            builder.up();
        } else {
            builder.down()
                    .withDetail("reason", "the ledger takes no commands: its writer has lost the database or the lead");
        }
        builder.withDetail("position", projections.head())
                .withDetail("projectionLag", projections.lag())
                .withDetail("deadLetters", projections.deadLetterCount());
        projections.standsAsideFor().ifPresent(event -> builder.withDetail("projectionsWaitForNewerVersion", event));
    }

    private static void ofSeveral(Leadership leadership, Health.Builder builder) {
        if (leadership.sinceLeaderWasReached().compareTo(WITHOUT_LEADER) <= 0) {
            builder.up();
        } else {
            builder.down().withDetail("reason", "this node does not lead and reaches none that does");
        }
        builder.withDetail("role", leadership.isLeading() ? "leader" : "follower")
                .withDetail("leader", leadership.leaderAddress());
    }
}
