package dev.purser.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.app.database.DatabaseAccess;
import dev.purser.app.database.DatabaseProperties;
import dev.purser.app.database.EmbeddedPostgres;
import dev.purser.app.database.LedgerDatabase;
import dev.purser.app.storage.DataDirectory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseChecksIT {
    private static final String RIGHTS = "Ledger rights";
    private static final DatabaseProperties.Embedded SETTINGS = new DatabaseProperties.Embedded(
            0,
            Path.of(System.getProperty("basedir", "."))
                    .resolve("target/postgres-programs")
                    .toAbsolutePath());
    private static final DatabaseProperties.Pool POOL =
            new DatabaseProperties.Pool(2, Duration.ofSeconds(5), Duration.ofSeconds(30));

    @Test
    void tellsRightsThatAreTooFewOrTooManyAndSettingsThatAreNotDurable(@TempDir Path directory) throws Exception {
        try (DataDirectory data = DataDirectory.open(directory.resolve("data"));
                EmbeddedPostgres server = EmbeddedPostgres.start(data, SETTINGS)) {
            DatabaseAccess access = server.access();
            assertThat(of(examine(access), RIGHTS).text()).contains("not there yet");

            LedgerDatabase.open(access, POOL).close();
            Map<String, Finding> sound = examine(access);
            assertThat(sound.values()).noneMatch(Finding::isFailure);
            assertThat(of(sound, RIGHTS).text()).contains("nothing else");

            Finding oneRole = of(examine(new DatabaseAccess(access.url(), access.owner(), access.owner())), RIGHTS);
            assertThat(oneRole.level()).isEqualTo(Finding.Level.WARN);
            assertThat(oneRole.text()).contains("could also UPDATE, DELETE, TRUNCATE");

            asOwner(access, "revoke insert on ledger.event from purser_app");
            asOwner(access, "alter database purser set synchronous_commit = off");
            Map<String, Finding> unsound = examine(access);
            assertThat(of(unsound, RIGHTS).level()).isEqualTo(Finding.Level.FAIL);
            assertThat(of(unsound, RIGHTS).text()).contains("lacks INSERT");
            assertThat(of(unsound, "Durability").level()).isEqualTo(Finding.Level.FAIL);
            assertThat(of(unsound, "Durability").text()).contains("synchronous_commit = off");
        }
    }

    private static Finding of(Map<String, Finding> findings, String subject) {
        return Objects.requireNonNull(findings.get(subject), subject);
    }

    private static Map<String, Finding> examine(DatabaseAccess access) throws SQLException {
        Map<String, Finding> findings = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(
                access.url(),
                access.application().username(),
                access.application().password())) {
            new DatabaseChecks(connection, access).examine(finding -> findings.put(finding.subject(), finding));
        }
        return findings;
    }

    private static void asOwner(DatabaseAccess access, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        access.url(), access.owner().username(), access.owner().password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
