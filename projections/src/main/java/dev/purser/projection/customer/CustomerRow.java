package dev.purser.projection.customer;

import dev.purser.domain.customer.CustomerEvent.CustomerRegistered;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.table.ColumnType;
import dev.purser.projection.table.FoldedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of {@code projection.customer} while a batch is folded into it. */
final class CustomerRow {
    static final FoldedTable<CustomerRow> TABLE = FoldedTable.<CustomerRow>named(
                    "customer", "customer_id", row -> row.customerId)
            .column("wallet_id", ColumnType.TEXT, row -> row.walletId)
            .column("project_id", ColumnType.TEXT, row -> row.projectId)
            .column("mode", ColumnType.TEXT, row -> row.mode)
            .column("external_id", ColumnType.TEXT, row -> row.externalId)
            .column("email", ColumnType.TEXT, row -> row.email)
            .column("name", ColumnType.TEXT, row -> row.name)
            .column("status", ColumnType.TEXT, row -> row.status.name())
            .column("created_at", ColumnType.TIMESTAMP, row -> row.createdAt)
            .column("created_position", ColumnType.BIGINT, row -> row.createdPosition)
            .column("position", ColumnType.BIGINT, row -> row.position)
            .read(CustomerRow::new);

    private final String customerId;
    private final String walletId;
    private final String projectId;
    private final String mode;
    private final @Nullable String externalId;
    private final Instant createdAt;
    private final long createdPosition;
    private @Nullable String email;
    private @Nullable String name;
    private CustomerStatus status;
    private long position;

    private CustomerRow(ResultSet row) throws SQLException {
        customerId = row.getString(1);
        walletId = row.getString(2);
        projectId = row.getString(3);
        mode = row.getString(4);
        externalId = row.getString(5);
        email = row.getString(6);
        name = row.getString(7);
        status = CustomerStatus.valueOf(row.getString(8));
        createdAt = row.getObject(9, OffsetDateTime.class).toInstant();
        createdPosition = row.getLong(10);
        position = row.getLong(11);
    }

    CustomerRow(ProjectedEvent event, CustomerRegistered registered, @Nullable String externalId) {
        customerId = registered.customerId().value();
        walletId = registered.walletId().value();
        projectId = registered.projectId().value();
        mode = registered.mode().wireName();
        this.externalId = externalId;
        status = CustomerStatus.ACTIVE;
        createdAt = event.recordedAt();
        createdPosition = event.position();
        position = event.position();
    }

    boolean has(ProjectedEvent event) {
        return position >= event.position();
    }

    void reach(ProjectedEvent event) {
        position = event.position();
    }

    void email(@Nullable String changed) {
        email = changed;
    }

    void name(@Nullable String changed) {
        name = changed;
    }

    void status(CustomerStatus changed) {
        status = changed;
    }
}
