package dev.purser.projection.entry;

import dev.purser.domain.Money;
import dev.purser.domain.WalletId;
import dev.purser.projection.entry.LedgerEntry.MeteredUsage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions about account statements. Thread-safe. */
public final class EntryQueries {
    private static final String NEWEST = """
        select entry_id, position, type, amount, balance_after, created_at, description, session_id, request_id,
               model, prompt_tokens, cached_tokens, completion_tokens, usage_source, cost, loss
        from projection.ledger_entry
        where wallet_id = :wallet and position < :before
        """;

    private final JdbcClient jdbc;

    public EntryQueries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** The newest entries of a wallet. */
    public List<LedgerEntry> newest(WalletId walletId, int limit) {
        return before(walletId, null, Long.MAX_VALUE, limit);
    }

    /** The newest entries before a position, newest first; of one type, or of every type if null. */
    public List<LedgerEntry> before(WalletId walletId, @Nullable EntryType type, long position, int limit) {
        // The type is written into the statement so that the planner sees which of the indexes serves.
        String ofType = type == null ? "" : "and type = '" + type.wireName() + "' ";
        return jdbc.sql(NEWEST + ofType + "order by position desc limit :limit")
                .param("wallet", walletId.value())
                .param("before", position)
                .param("limit", limit)
                .query((row, _) -> entry(row))
                .list();
    }

    private static LedgerEntry entry(ResultSet row) throws SQLException {
        String model = row.getString(10);
        EntryType type = EntryType.ofWireName(row.getString(3)).orElseThrow();
        return new LedgerEntry(
                row.getString(1),
                row.getLong(2),
                type,
                new Money(row.getLong(4)),
                new Money(row.getLong(5)),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                model == null
                        ? null
                        : new MeteredUsage(model, row.getLong(11), row.getLong(12), row.getLong(13), row.getString(14)),
                money(row, 15),
                money(row, 16));
    }

    private static @Nullable Money money(ResultSet row, int column) throws SQLException {
        long nanos = row.getLong(column);
        return row.wasNull() ? null : new Money(nanos);
    }
}
