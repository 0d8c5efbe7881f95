package dev.purser.app.installation;

import dev.purser.app.database.LedgerDatabase;
import dev.purser.app.secret.KeyChecks;
import dev.purser.app.secret.ServerSecrets;
import dev.purser.app.storage.StartRefused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import javax.sql.DataSource;

/** The one row that says what this installation is: written at the first start, compared at every later one. */
final class InstallationRecord {
    private final DataSource dataSource;

    InstallationRecord(LedgerDatabase database) {
        this.dataSource = database.dataSource();
    }

    /** Two first starts at once write one row; the second one compares itself with it. */
    Installation settle(PaymentMode payments, ServerSecrets secrets, boolean embeddedDatabase) {
        try (Connection connection = dataSource.getConnection()) {
            insertUnlessThere(connection, payments, KeyChecks.of(secrets));
            Instant installedAt = compare(connection, payments, secrets);
            update(connection, payments, KeyChecks.of(secrets));
            return new Installation(payments, installedAt, embeddedDatabase);
        } catch (SQLException e) {
            throw new StartRefused("The installation's record cannot be read: " + e.getMessage(), e);
        }
    }

    private static Instant compare(Connection connection, PaymentMode payments, ServerSecrets secrets)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select payments, fingerprint_key_check, encryption_key_check, installed_at from"
                                + " inline.installation")) {
            rows.next();
            refuseAnotherWorld(PaymentMode.valueOf(rows.getString(1).toUpperCase(Locale.ROOT)), payments);
            new KeyChecks(rows.getString(2), rows.getString(3)).refuseUnlessAmong(secrets);
            return rows.getObject(4, OffsetDateTime.class).toInstant();
        }
    }

    private static void refuseAnotherWorld(PaymentMode recorded, PaymentMode now) {
        if (recorded.isPlayMoney() != now.isPlayMoney()) {
            throw new StartRefused("This data was made with payments \"" + recorded.word()
                    + "\" and cannot be used with \""
                    + now.word() + "\": play money and real money must never share wallets. Set PURSER_PAYMENTS="
                    + recorded.word() + ", or start with a new database (PURSER_DATA_DIR or SPRING_DATASOURCE_URL).");
        }
    }

    private static void insertUnlessThere(Connection connection, PaymentMode payments, KeyChecks checks)
            throws SQLException {
        execute(connection, """
            insert into inline.installation (payments, fingerprint_key_check, encryption_key_check)
            values (?, ?, ?) on conflict do nothing
            """, payments, checks);
    }

    private static void update(Connection connection, PaymentMode payments, KeyChecks checks) throws SQLException {
        execute(connection, """
            update inline.installation
            set payments = ?, fingerprint_key_check = ?, encryption_key_check = ?
            """, payments, checks);
    }

    private static void execute(Connection connection, String sql, PaymentMode payments, KeyChecks checks)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, payments.word());
            statement.setString(2, checks.fingerprintKey());
            statement.setString(3, checks.encryptionKey());
            statement.executeUpdate();
        }
    }
}
