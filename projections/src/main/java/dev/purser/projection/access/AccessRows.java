package dev.purser.projection.access;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.KeyId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.key.KeyKind;
import dev.purser.projection.access.HoldAccess.HoldStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads what the directory's statements select, by column number in their order. */
final class AccessRows {
    private AccessRows() {}

    static PlatformAccess platform(ResultSet row) throws SQLException {
        return new PlatformAccess(
                new KeyId(row.getString(1)),
                new OrganizationId(row.getString(2)),
                new ProjectId(row.getString(3)),
                Mode.ofWireName(row.getString(4)),
                row.getBoolean(5),
                instantOrNull(row, 6),
                row.getBoolean(7),
                row.getBoolean(8),
                AccessJson.settings(row.getString(9)));
    }

    static StaffAccess staff(ResultSet row) throws SQLException {
        String organization = row.getString(3);
        return new StaffAccess(
                new KeyId(row.getString(1)),
                KeyKind.valueOf(row.getString(2)),
                organization == null ? null : new OrganizationId(organization),
                row.getBoolean(4),
                instantOrNull(row, 5));
    }

    static SessionAccess session(ResultSet row) throws SQLException {
        long maxSpend = row.getLong(13);
        boolean uncapped = row.wasNull();
        return new SessionAccess(
                new SessionId(row.getString(1)),
                new WalletId(row.getString(2)),
                new CustomerId(row.getString(3)),
                new OrganizationId(row.getString(4)),
                new ProjectId(row.getString(5)),
                Mode.ofWireName(row.getString(6)),
                row.getInt(7),
                row.getInt(8),
                row.getBoolean(9),
                instant(row, 10),
                instant(row, 11),
                AccessJson.models(row.getString(12)),
                uncapped ? null : new Money(maxSpend),
                row.getBoolean(14),
                CustomerStatus.valueOf(row.getString(15)),
                row.getBoolean(16),
                row.getBoolean(17),
                AccessJson.settings(row.getString(18)));
    }

    static CustomerAccess customer(ResultSet row) throws SQLException {
        return new CustomerAccess(
                new CustomerId(row.getString(1)),
                new WalletId(row.getString(2)),
                new ProjectId(row.getString(3)),
                Mode.ofWireName(row.getString(4)),
                CustomerStatus.valueOf(row.getString(5)),
                row.getBoolean(6),
                row.getString(7));
    }

    static HoldAccess hold(ResultSet row) throws SQLException {
        return new HoldAccess(
                new HoldId(row.getString(1)),
                new WalletId(row.getString(2)),
                new ProjectId(row.getString(3)),
                Mode.ofWireName(row.getString(4)),
                HoldStatus.valueOf(row.getString(5)));
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
