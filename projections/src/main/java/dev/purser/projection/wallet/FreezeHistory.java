package dev.purser.projection.wallet;

import dev.purser.domain.wallet.FreezeReason;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Changes of the reasons to freeze, collected from a batch and written at once. */
final class FreezeHistory {
    static final String TABLE = "projection.wallet_freeze";

    private record Change(String wallet, long position, String reason, boolean frozen) {}

    private final List<Change> changes = new ArrayList<>();

    void add(ProjectedEvent event, FreezeReason reason, boolean frozen) {
        changes.add(new Change(event.stream(), event.position(), reason.name(), frozen));
    }

    void store(Connection connection) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
            insert into projection.wallet_freeze (wallet_id, position, reason, frozen)
            select * from unnest(?::text[], ?::bigint[], ?::text[], ?::boolean[])
            on conflict do nothing
            """)) {
            ColumnType.TEXT.bind(connection, statement, 1, changes, Change::wallet);
            ColumnType.BIGINT.bind(connection, statement, 2, changes, Change::position);
            ColumnType.TEXT.bind(connection, statement, 3, changes, Change::reason);
            ColumnType.BOOLEAN.bind(connection, statement, 4, changes, Change::frozen);
            statement.executeUpdate();
        }
    }
}
