package dev.purser.projection.entry;

import static dev.purser.projection.table.ColumnType.BIGINT;
import static dev.purser.projection.table.ColumnType.TEXT;
import static dev.purser.projection.table.ColumnType.TIMESTAMP;

import dev.purser.domain.Sealed;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.engine.Unsealer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the account statements. */
public final class EntryProjection implements Projection {
    private static final String TABLE = "projection.ledger_entry";

    private final Unsealer unsealer;

    public EntryProjection(Unsealer unsealer) {
        this.unsealer = unsealer;
    }

    @Override
    public String name() {
        return "ledger_entry";
    }

    @Override
    public List<String> tables() {
        return List.of(TABLE);
    }

    @Override
    public void apply(Connection connection, List<ProjectedEvent> events) throws SQLException {
        List<EntryRow> rows = new ArrayList<>();
        for (ProjectedEvent event : events) {
            if (event.payload() instanceof UsageDebited debited) {
                rows.add(EntryRow.of(event, debited));
            } else if (event.payload() instanceof WalletCredited credited) {
                rows.add(EntryRow.of(event, credited));
            }
        }
        if (!rows.isEmpty()) {
            insert(connection, rows, customersOfSealed(connection, rows));
        }
    }

    private void insert(Connection connection, List<EntryRow> rows, Map<String, String> customers) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            insert into projection.ledger_entry (
                wallet_id, position, entry_id, type, amount, balance_after, created_at, description,
                session_id, request_id, model, prompt_tokens, cached_tokens, completion_tokens, usage_source,
                cost, loss)
            select * from unnest(
                ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::text[],
                ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[],
                ?::bigint[], ?::bigint[])
            on conflict do nothing
            """)) {
            TEXT.bind(connection, statement, 1, rows, row -> row.event().stream());
            BIGINT.bind(connection, statement, 2, rows, row -> row.event().position());
            TEXT.bind(
                    connection,
                    statement,
                    3,
                    rows,
                    row -> EntryIds.of(row.event().eventId()));
            TEXT.bind(connection, statement, 4, rows, row -> row.type().wireName());
            BIGINT.bind(connection, statement, 5, rows, EntryRow::amount);
            BIGINT.bind(connection, statement, 6, rows, EntryRow::balanceAfter);
            TIMESTAMP.bind(connection, statement, 7, rows, row -> row.event().recordedAt());
            TEXT.bind(connection, statement, 8, rows, row -> description(row, customers));
            TEXT.bind(connection, statement, 9, rows, EntryRow::sessionId);
            TEXT.bind(connection, statement, 10, rows, EntryRow::requestId);
            TEXT.bind(connection, statement, 11, rows, metered(Metering::model));
            BIGINT.bind(connection, statement, 12, rows, metered(m -> m.usage().promptTokens()));
            BIGINT.bind(connection, statement, 13, rows, metered(m -> m.usage().cachedPromptTokens()));
            BIGINT.bind(connection, statement, 14, rows, metered(m -> m.usage().completionTokens()));
            TEXT.bind(connection, statement, 15, rows, metered(m -> m.source().wireName()));
            BIGINT.bind(connection, statement, 16, rows, EntryRow::cost);
            BIGINT.bind(connection, statement, 17, rows, EntryRow::loss);
            statement.executeUpdate();
        }
    }

    private static Function<EntryRow, @Nullable Object> metered(Function<Metering, Object> value) {
        return row -> {
            Metering metering = row.metering();
            return metering == null ? null : value.apply(metering);
        };
    }

    private @Nullable String description(EntryRow row, Map<String, String> customers) {
        Sealed text = row.text();
        String customer = customers.get(row.event().stream());
        return text == null || customer == null ? null : unsealer.open(customer, text);
    }

    /** From the inline table, which is always ahead of every projection, whichever of them is replayed. */
    private static Map<String, String> customersOfSealed(Connection connection, List<EntryRow> rows)
            throws SQLException {
        Object[] wallets = rows.stream()
                .filter(row -> row.text() != null)
                .map(row -> row.event().stream())
                .distinct()
                .toArray();
        Map<String, String> customers = new HashMap<>();
        if (wallets.length == 0) {
            return customers;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "select wallet_id, customer_id from inline.wallet where wallet_id = any (?)")) {
            statement.setArray(1, connection.createArrayOf("text", wallets));
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    customers.put(found.getString(1), found.getString(2));
                }
            }
        }
        return customers;
    }
}
