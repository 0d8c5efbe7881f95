package dev.purser.projection.customer;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions about the customers of one project in one mode. Thread-safe. */
public final class CustomerQueries {
    private static final String COLUMNS = """
        select c.customer_id, c.external_id, c.email, c.name, c.status, c.created_at, c.wallet_id,
               coalesce(w.balance, 0),
               exists (select from (
                   select distinct on (f.reason) f.frozen from projection.wallet_freeze f
                   where f.wallet_id = c.wallet_id order by f.reason, f.position desc
               ) latest where latest.frozen),
               coalesce(w.lifetime_spend, 0), coalesce(w.lifetime_topped_up, 0)
        from projection.customer c
        left join projection.wallet w on w.wallet_id = c.wallet_id
        """;

    private static final String IN_TENANT = "where c.project_id = :project and c.mode = :mode ";
    private static final String EXTERNAL_ID =
            "and md5(c.external_id) = md5(:externalId) and c.external_id = :externalId ";
    private static final String MATCHES =
            "and (c.external_id ilike :pattern or c.email ilike :pattern or c.name ilike :pattern) ";

    private final JdbcClient jdbc;

    /**
     * Which customers a list shows.
     *
     * @param externalId exactly this one; null: any
     * @param text part of the external id, e-mail or name, in any case; null: any
     */
    public record Filter(
            ProjectId projectId,
            Mode mode,
            @Nullable String externalId,
            @Nullable String text) {}

    /** Some customers, and how many there are in all. */
    public record Page(List<CustomerDetails> customers, long total) {}

    public CustomerQueries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Newest first. */
    public Page page(Filter filter, int limit, long offset) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("project", filter.projectId().value());
        parameters.put("mode", filter.mode().wireName());
        String where = IN_TENANT;
        if (filter.externalId() != null) {
            where += EXTERNAL_ID;
            parameters.put("externalId", filter.externalId());
        }
        if (filter.text() != null) {
            where += MATCHES;
            parameters.put("pattern", "%" + escaped(filter.text()) + "%");
        }
        long total = jdbc.sql("select count(*) from projection.customer c " + where)
                .params(parameters)
                .query(Long.class)
                .single();
        parameters.put("limit", limit);
        parameters.put("offset", offset);
        List<CustomerDetails> customers = jdbc.sql(
                        COLUMNS + where + "order by c.created_position desc limit :limit offset :offset")
                .params(parameters)
                .query((row, _) -> customer(row))
                .list();
        return new Page(customers, total);
    }

    /** Empty for a customer of another project or mode. */
    public Optional<CustomerDetails> customer(ProjectId projectId, Mode mode, CustomerId customerId) {
        return jdbc.sql(COLUMNS + IN_TENANT + "and c.customer_id = :customer")
                .param("project", projectId.value())
                .param("mode", mode.wireName())
                .param("customer", customerId.value())
                .query((row, _) -> customer(row))
                .optional();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static CustomerDetails customer(ResultSet row) throws SQLException {
        String id = row.getString(1);
        String externalId = row.getString(2);
        return new CustomerDetails(
                new CustomerId(id),
                externalId == null ? "deleted_" + id : externalId,
                row.getString(3),
                row.getString(4),
                CustomerStatus.valueOf(row.getString(5)),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                new WalletId(row.getString(7)),
                new Money(row.getLong(8)),
                row.getBoolean(9),
                new Money(row.getLong(10)),
                new Money(row.getLong(11)));
    }
}
