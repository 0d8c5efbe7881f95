package dev.purser.app.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.app.database.DatabaseProperties;
import dev.purser.app.database.EmbeddedPostgres;
import dev.purser.app.database.LedgerDatabase;
import dev.purser.app.secret.SecretKeys;
import dev.purser.app.secret.ServerSecrets;
import dev.purser.app.storage.DataDirectory;
import dev.purser.app.storage.StartRefused;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the database remembers of an installation, and what its two roles may do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstallationIT {
    private static final DatabaseProperties.Embedded SETTINGS = new DatabaseProperties.Embedded(
            0,
            Path.of(System.getProperty("basedir", "."))
                    .resolve("target/postgres-programs")
                    .toAbsolutePath());
    private static final DatabaseProperties.Pool POOL =
            new DatabaseProperties.Pool(4, Duration.ofSeconds(5), Duration.ofSeconds(30));

    private final ServerSecrets secrets = new ServerSecrets(key(), key());
    private DataDirectory data;
    private EmbeddedPostgres server;
    private LedgerDatabase database;

    @BeforeAll
    void start(@TempDir Path temporary) {
        data = DataDirectory.open(temporary.resolve("data"));
        server = EmbeddedPostgres.start(data, SETTINGS);
        database = LedgerDatabase.open(server.access(), POOL);
    }

    @AfterAll
    void stop() {
        database.close();
        server.close();
        data.close();
    }

    @BeforeEach
    void forgetTheInstallation() throws SQLException {
        asOwner("delete from inline.installation");
    }

    @Test
    void staysWhatItWasAtItsFirstStart() {
        Installation first = settle(PaymentMode.SANDBOX, secrets);
        Installation later = settle(PaymentMode.SANDBOX, secrets);

        assertThat(later).isEqualTo(first);
    }

    @Test
    void playMoneyNeverBecomesRealMoneyNorTheOtherWayRound() {
        settle(PaymentMode.SANDBOX, secrets);
        for (PaymentMode real : List.of(PaymentMode.NONE, PaymentMode.STRIPE)) {
            assertThatThrownBy(() -> settle(real, secrets))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("made with payments \"sandbox\"")
                    .hasMessageContaining("PURSER_PAYMENTS=sandbox");
        }
        assertThatCode(() -> settle(PaymentMode.SANDBOX, secrets)).doesNotThrowAnyException();
    }

    @Test
    void mayBeginToTakeRealPaymentsLater() {
        settle(PaymentMode.NONE, secrets);
        settle(PaymentMode.STRIPE, secrets);

        assertThatThrownBy(() -> settle(PaymentMode.SANDBOX, secrets)).hasMessageContaining("\"stripe\"");
    }

    @Test
    void refusesOtherKeysThanThoseOfItsData() {
        settle(PaymentMode.NONE, secrets);

        assertThatThrownBy(() -> settle(PaymentMode.NONE, new ServerSecrets(key(), secrets.encryptionKeys())))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("fingerprint keys");
    }

    @Test
    void theApplicationAppendsToTheLedgerAndCanDoNothingElseToIt() {
        for (String forbidden : List.of(
                "update ledger.event set payload = ''",
                "delete from ledger.event",
                "truncate ledger.event",
                "drop table ledger.event",
                "alter table ledger.event disable trigger all",
                "create table ledger.mine (a int)",
                "create table public.mine (a int)")) {
            assertThatThrownBy(() -> asApplication(forbidden))
                    .as(forbidden)
                    .isInstanceOf(SQLException.class)
                    .extracting(refusal -> ((SQLException) refusal).getSQLState())
                    .isEqualTo("42501");
        }
        assertThatCode(() -> asApplication("select count(*) from ledger.event")).doesNotThrowAnyException();
    }

    @Test
    void migratingAgainChangesNothing() {
        try (LedgerDatabase again = LedgerDatabase.open(server.access(), POOL)) {
            assertThat(again.serverVersion()).startsWith("18");
        }
    }

    @Test
    void refusesARoleThatCommitsWithoutWaitingForTheDisk() throws SQLException {
        asApplication("alter role current_user set synchronous_commit = off");
        try {
            assertThatThrownBy(() -> LedgerDatabase.open(server.access(), POOL).close())
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("purser_app")
                    .hasMessageContaining("synchronous_commit = off");
        } finally {
            asApplication("alter role current_user reset synchronous_commit");
        }
    }

    private Installation settle(PaymentMode payments, ServerSecrets with) {
        return new InstallationRecord(database).settle(payments, with, true);
    }

    private void asApplication(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.access().url(),
                        server.access().owner().username(),
                        server.access().owner().password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static SecretKeys key() {
        return SecretKeys.parse("test", List.of(SecretKeys.random()));
    }
}
