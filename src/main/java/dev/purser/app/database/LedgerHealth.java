package dev.purser.app.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while the database answers; shown as "ledger" on the management port. */
final class LedgerHealth extends AbstractHealthIndicator {
    private static final int TIMEOUT_SECONDS = 3;

    private final LedgerDatabase database;

    LedgerHealth(LedgerDatabase database) {
        super("The database does not answer");
        this.database = database;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            if (connection.isValid(TIMEOUT_SECONDS)) {
                builder.up().withDetail("postgresql", database.serverVersion());
            } else {
                builder.down();
            }
        }
    }
}
