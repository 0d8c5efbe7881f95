package dev.purser.projection.session;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions about sessions. Thread-safe. */
public final class SessionQueries {
    private static final String COLUMNS = """
        select session_id, customer_id, wallet_id, mode, minted_at, expires_at, revoked_at, spend, max_spend
        from projection.session
        """;

    private final JdbcClient jdbc;

    public SessionQueries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public Optional<SessionDetails> session(SessionId id) {
        return jdbc.sql(COLUMNS + "where session_id = :session")
                .param("session", id.value())
                .query((row, _) -> session(row))
                .optional();
    }

    /** Newest first. */
    public List<SessionDetails> ofCustomer(CustomerId customerId, int limit, long offset) {
        return jdbc.sql(COLUMNS + """
            where customer_id = :customer
            order by created_position desc limit :limit offset :offset\
            """)
                .param("customer", customerId.value())
                .param("limit", limit)
                .param("offset", offset)
                .query((row, _) -> session(row))
                .list();
    }

    private static SessionDetails session(ResultSet row) throws SQLException {
        OffsetDateTime revokedAt = row.getObject(7, OffsetDateTime.class);
        Long maxSpend = row.getObject(9, Long.class);
        return new SessionDetails(
                new SessionId(row.getString(1)),
                new CustomerId(row.getString(2)),
                new WalletId(row.getString(3)),
                Mode.ofWireName(row.getString(4)),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                revokedAt == null ? null : revokedAt.toInstant(),
                new Money(row.getLong(8)),
                maxSpend == null ? null : new Money(maxSpend));
    }
}
