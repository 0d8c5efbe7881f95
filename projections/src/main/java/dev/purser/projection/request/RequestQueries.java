package dev.purser.projection.request;

import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import dev.purser.projection.request.Receipt.Bill;
import dev.purser.projection.request.Receipt.Metered;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions about metered calls. Thread-safe. */
public final class RequestQueries {
    private static final String RECEIPT = """
        select r.request_id, w.project_id, w.mode, r.wallet_id, r.session_id, r.status, r.model, r.hold_amount,
               r.opened_position, r.opened_at, r.expires_at, r.closed_position, r.closed_at, r.cost, r.charged,
               r.entry_id, r.provider, r.upstream_id, r.prompt_tokens, r.cached_tokens, r.completion_tokens,
               r.images, r.usage_source, r.price_version
        from projection.request r
        join inline.wallet w on w.wallet_id = r.wallet_id
        where r.request_id = :request
        """;

    private final JdbcClient jdbc;

    public RequestQueries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Of whatever project and mode: the caller compares. */
    public Optional<Receipt> receipt(HoldId requestId) {
        return jdbc.sql(RECEIPT)
                .param("request", requestId.value())
                .query((row, _) -> receipt(row))
                .optional();
    }

    private static Receipt receipt(ResultSet row) throws SQLException {
        OffsetDateTime closedAt = row.getObject(13, OffsetDateTime.class);
        return new Receipt(
                row.getString(1),
                new ProjectId(row.getString(2)),
                Mode.ofWireName(row.getString(3)),
                new WalletId(row.getString(4)),
                row.getString(5),
                RequestStatus.valueOf(row.getString(6)),
                row.getString(7),
                new Money(row.getLong(8)),
                row.getLong(9),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                row.getObject(12, Long.class),
                closedAt == null ? null : closedAt.toInstant(),
                bill(row));
    }

    private static @Nullable Bill bill(ResultSet row) throws SQLException {
        String entryId = row.getString(16);
        if (entryId == null) {
            return null;
        }
        String source = row.getString(23);
        Metered metered = source == null
                ? null
                : new Metered(
                        row.getString(17),
                        row.getString(18),
                        row.getLong(19),
                        row.getLong(20),
                        row.getLong(21),
                        row.getInt(22),
                        source,
                        row.getInt(24));
        return new Bill(new Money(row.getLong(14)), new Money(row.getLong(15)), entryId, metered);
    }
}
