package dev.purser.projection.access;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.WalletId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * The directory on PostgreSQL: one statement per look-up, joins by primary key only. Plain JDBC, so that the driver
 * keeps the statements prepared and nothing is parsed or mapped on the way.
 */
public final class PostgresAccessDirectory implements AccessDirectory {
    private static final String PLATFORM_KEY = """
        select k.key_id, k.organization_id, k.project_id, k.mode, k.revoked, k.expires_at,
               p.active, o.active, p.settings
        from inline.key_fingerprint f
        join inline.access_key k on k.key_id = f.key_id
        join inline.project p on p.project_id = k.project_id
        join inline.organization o on o.organization_id = p.organization_id
        where f.fingerprint = any (?) and k.kind = 'PLATFORM'
        """;

    private static final String STAFF_KEY = """
        select k.key_id, k.kind, k.organization_id, k.revoked, k.expires_at
        from inline.key_fingerprint f
        join inline.access_key k on k.key_id = f.key_id
        where f.fingerprint = any (?) and k.kind <> 'PLATFORM'
        """;

    private static final String SESSION = """
        select s.session_id, s.wallet_id, s.customer_id, s.organization_id, s.project_id, s.mode,
               t.generation, s.generation, s.revoked, t.expires_at, s.minted_at, s.models, s.max_spend,
               w.frozen_backend or w.frozen_operator or w.frozen_dispute, c.status, p.active, o.active, p.settings
        from inline.session_token t
        join inline.session s on s.session_id = t.session_id
        join inline.wallet w on w.wallet_id = s.wallet_id
        join inline.customer c on c.customer_id = s.customer_id
        join inline.project p on p.project_id = s.project_id
        join inline.organization o on o.organization_id = s.organization_id
        where t.fingerprint = any (?)
        """;

    private static final String CUSTOMER = """
        select c.customer_id, c.wallet_id, c.project_id, c.mode, c.status,
               w.frozen_backend or w.frozen_operator or w.frozen_dispute
        """;

    private static final String BY_EXTERNAL_ID = CUSTOMER + """
        from inline.external_id e
        join inline.customer c on c.customer_id = e.customer_id
        join inline.wallet w on w.wallet_id = c.wallet_id
        where e.project_id = ? and e.mode = ? and e.external_id_index = ?
        """;

    private static final String BY_CUSTOMER = CUSTOMER + """
        from inline.customer c
        join inline.wallet w on w.wallet_id = c.wallet_id
        where c.project_id = ? and c.mode = ? and c.customer_id = ?
        """;

    private static final String BY_WALLET = CUSTOMER + """
        from inline.wallet w
        join inline.customer c on c.customer_id = w.customer_id
        where w.project_id = ? and w.mode = ? and w.wallet_id = ?
        """;

    private static final String BACKEND_HOLD = """
        select h.hold_id, h.wallet_id, w.project_id, w.mode, h.status
        from inline.backend_hold h
        join inline.wallet w on w.wallet_id = h.wallet_id
        where w.project_id = ? and w.mode = ? and h.hold_id = ?
        """;

    private final DataSource dataSource;

    public PostgresAccessDirectory(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Optional<PlatformAccess> platformKey(List<String> fingerprints) {
        return byFingerprint(PLATFORM_KEY, fingerprints, AccessRows::platform);
    }

    @Override
    public Optional<StaffAccess> staffKey(List<String> fingerprints) {
        return byFingerprint(STAFF_KEY, fingerprints, AccessRows::staff);
    }

    @Override
    public Optional<SessionAccess> session(List<String> fingerprints) {
        return byFingerprint(SESSION, fingerprints, AccessRows::session);
    }

    @Override
    public Optional<CustomerAccess> customerByExternalId(ProjectId projectId, Mode mode, String externalIdIndex) {
        return inTenant(BY_EXTERNAL_ID, projectId, mode, externalIdIndex, AccessRows::customer);
    }

    @Override
    public Optional<CustomerAccess> customer(ProjectId projectId, Mode mode, CustomerId customerId) {
        return inTenant(BY_CUSTOMER, projectId, mode, customerId.value(), AccessRows::customer);
    }

    @Override
    public Optional<CustomerAccess> wallet(ProjectId projectId, Mode mode, WalletId walletId) {
        return inTenant(BY_WALLET, projectId, mode, walletId.value(), AccessRows::customer);
    }

    @Override
    public Optional<HoldAccess> backendHold(ProjectId projectId, Mode mode, HoldId holdId) {
        return inTenant(BACKEND_HOLD, projectId, mode, holdId.value(), AccessRows::hold);
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> byFingerprint(String sql, List<String> fingerprints, Row<T> reader) {
        if (fingerprints.isEmpty()) {
            return Optional.empty();
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", fingerprints.toArray()));
            return first(statement, reader);
        } catch (SQLException e) {
            throw new UncategorizedSQLException("look-up by fingerprint", sql, e);
        }
    }

    private <T> Optional<T> inTenant(String sql, ProjectId projectId, Mode mode, String key, Row<T> reader) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, projectId.value());
            statement.setString(2, mode.wireName());
            statement.setString(3, key);
            return first(statement, reader);
        } catch (SQLException e) {
            throw new UncategorizedSQLException("look-up in a project", sql, e);
        }
    }

    private static <T> Optional<T> first(PreparedStatement statement, Row<T> reader) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }
}
