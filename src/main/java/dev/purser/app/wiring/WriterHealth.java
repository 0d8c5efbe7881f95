package dev.purser.app.wiring;

import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.engine.Projections;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down while commands cannot be taken; shows how far the read models are behind and what they could not take. */
final class WriterHealth extends AbstractHealthIndicator {
    private final EventLog log;
    private final Projections projections;

    WriterHealth(EventLog log, Projections projections) {
        super("The ledger cannot be examined");
        this.log = log;
        this.projections = projections;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (log.isWrittenHere()) {
            builder.up();
        } else {
            builder.down()
                    .withDetail("reason", "the ledger takes no commands: its writer has lost the database or the lead");
        }
        builder.withDetail("position", projections.head())
                .withDetail("projectionLag", projections.lag())
                .withDetail("deadLetters", projections.deadLetterCount());
    }
}
