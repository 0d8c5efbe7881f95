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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * The directory on PostgreSQL: joins by primary key only; what every request asks for shares its statements with the
 * requests beside it. Plain JDBC, so that the driver keeps the statements prepared and nothing is parsed or mapped on the
 * way.
 */
public final class PostgresAccessDirectory implements AccessDirectory {
    private static final String PLATFORM_KEY = """
        select k.key_id, k.organization_id, k.project_id, k.mode, k.revoked, k.expires_at,
               p.active, o.active, p.settings, f.fingerprint
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
               w.frozen_backend or w.frozen_operator or w.frozen_dispute, c.status, p.active, o.active, p.settings,
               t.fingerprint
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
               w.frozen_backend or w.frozen_operator or w.frozen_dispute, c.stripe_customer_id
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
        where w.wallet_id = any (?)
        """;

    private static final String BACKEND_HOLD = """
        select h.hold_id, h.wallet_id, w.project_id, w.mode, h.status
        from inline.backend_hold h
        join inline.wallet w on w.wallet_id = h.wallet_id
        where w.project_id = ? and w.mode = ? and h.hold_id = ?
        """;

    private static final int PLATFORM_FINGERPRINT = 10;
    private static final int SESSION_FINGERPRINT = 19;

    private final DataSource dataSource;
    private final SharedReads<List<String>, PlatformAccess> platformKeys =
            new SharedReads<>(asked -> byFingerprints(PLATFORM_KEY, asked, AccessRows::platform, PLATFORM_FINGERPRINT));
    private final SharedReads<List<String>, SessionAccess> sessions =
            new SharedReads<>(asked -> byFingerprints(SESSION, asked, AccessRows::session, SESSION_FINGERPRINT));
    private final SharedReads<TenantsWallet, CustomerAccess> wallets = new SharedReads<>(this::byWallets);

    /** A wallet as its project's backend asks for it: the same id in another project or mode is another one. */
    private record TenantsWallet(ProjectId projectId, Mode mode, WalletId walletId) {}

    public PostgresAccessDirectory(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Optional<PlatformAccess> platformKey(List<String> fingerprints) {
        return platformKeys.find(fingerprints);
    }

    @Override
    public Optional<StaffAccess> staffKey(List<String> fingerprints) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(STAFF_KEY)) {
            statement.setArray(1, connection.createArrayOf("text", fingerprints.toArray()));
            return first(statement, AccessRows::staff);
        } catch (SQLException e) {
            throw new UncategorizedSQLException("look-up of a staff key", STAFF_KEY, e);
        }
    }

    @Override
    public Optional<SessionAccess> session(List<String> fingerprints) {
        return sessions.find(fingerprints);
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
        return wallets.find(new TenantsWallet(projectId, mode, walletId));
    }

    @Override
    public Optional<HoldAccess> backendHold(ProjectId projectId, Mode mode, HoldId holdId) {
        return inTenant(BACKEND_HOLD, projectId, mode, holdId.value(), AccessRows::hold);
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The rows of each list of fingerprints of one token: at most one of them is on record. */
    private <T> Map<List<String>, T> byFingerprints(
            String sql, Set<List<String>> asked, Row<T> reader, int fingerprintColumn) {
        Map<String, T> found = new HashMap<>();
        readAll(
                sql,
                asked.stream().flatMap(List::stream).toArray(),
                row -> found.put(row.getString(fingerprintColumn), reader.read(row)));
        Map<List<String>, T> answers = new HashMap<>();
        for (List<String> fingerprints : asked) {
            fingerprints.stream()
                    .filter(found::containsKey)
                    .findFirst()
                    .ifPresent(fingerprint -> answers.put(fingerprints, found.get(fingerprint)));
        }
        return answers;
    }

    private Map<TenantsWallet, CustomerAccess> byWallets(Set<TenantsWallet> asked) {
        Map<TenantsWallet, CustomerAccess> found = new HashMap<>();
        readAll(
                BY_WALLET,
                asked.stream().map(wallet -> wallet.walletId().value()).toArray(),
                row -> {
                    CustomerAccess access = AccessRows.customer(row);
                    return found.put(new TenantsWallet(access.projectId(), access.mode(), access.walletId()), access);
                });
        return found;
    }

    private void readAll(String sql, Object[] keys, Row<?> reader) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", keys));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("shared look-up", sql, e);
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
