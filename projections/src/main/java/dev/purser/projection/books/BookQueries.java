package dev.purser.projection.books;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.WalletId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions about whose books a stream belongs to. Thread-safe. */
public final class BookQueries {
    private final JdbcClient jdbc;

    /** A wallet with accounts in the books. */
    public record OpenedWallet(WalletId walletId, Instant openedAt) {}

    public BookQueries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** The position that the books show at least. */
    public long reached() {
        return jdbc.sql("select coalesce(min(position), 0) from projection.position where projection = :name")
                .param("name", BooksProjection.NAME)
                .query(Long.class)
                .single();
    }

    /** Those of the streams that belong to the organization's books of one mode. */
    public Set<String> owned(OrganizationId organizationId, Mode mode, Collection<String> streams) {
        return jdbc.sql("""
            select stream from projection.book
            where stream = any (:streams) and organization_id = :organization and mode = :mode
            """)
                .param("streams", streams.toArray(String[]::new))
                .param("organization", organizationId.value())
                .param("mode", mode.wireName())
                .query(String.class)
                .set();
    }

    /** When the first stream of these books was opened; empty while there is none. */
    public Optional<Instant> openedAt(OrganizationId organizationId, Mode mode) {
        return jdbc.sql("""
            select opened_at from projection.book
            where organization_id = :organization and mode = :mode order by opened_position limit 1
            """)
                .param("organization", organizationId.value())
                .param("mode", mode.wireName())
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    /**
     * The wallets that were opened up to a position, in the order of their ids.
     *
     * @param after the last wallet of the page before; empty for the first page
     */
    public List<OpenedWallet> wallets(
            OrganizationId organizationId, Mode mode, long upToPosition, String after, int limit) {
        return jdbc.sql("""
            select stream, opened_at from projection.book
            where organization_id = :organization and mode = :mode and of_wallet and stream > :after
              and opened_position <= :position
            order by stream limit :limit
            """)
                .param("organization", organizationId.value())
                .param("mode", mode.wireName())
                .param("after", after)
                .param("position", upToPosition)
                .param("limit", limit)
                .query((row, _) -> new OpenedWallet(
                        new WalletId(row.getString(1)),
                        row.getObject(2, OffsetDateTime.class).toInstant()))
                .list();
    }
}
