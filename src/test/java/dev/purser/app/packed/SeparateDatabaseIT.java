package dev.purser.app.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.app.database.DatabaseAccess;
import dev.purser.app.database.DatabaseProperties;
import dev.purser.app.database.EmbeddedPostgres;
import dev.purser.app.secret.SecretKeys;
import dev.purser.app.storage.DataDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The container's entry command on this host, with a PostgreSQL that Purser does not run itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeparateDatabaseIT {
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    private static final String KEY = SecretKeys.random();
    private static final Path SCRIPTS = MODULE.resolveSibling("docker");

    @TempDir
    private Path directory;

    private DataDirectory data;
    private EmbeddedPostgres server;

    @BeforeAll
    void startTheOtherServer(@TempDir Path home) {
        data = DataDirectory.open(home.resolve("data"));
        server = EmbeddedPostgres.start(
                data, new DatabaseProperties.Embedded(0, MODULE.resolve("target/postgres-programs")));
    }

    @AfterAll
    void stopTheOtherServer() {
        server.close();
        data.close();
    }

    @Test
    void refusesToStartWithoutKeysAndSaysHowToMakeThem() {
        PackedPurser.Ended refused = purser().without("PURSER_FINGERPRINT_KEYS").run();

        assertThat(refused.output())
                .contains("PURSER_FINGERPRINT_KEYS is not set", "openssl rand -base64 32")
                .doesNotContain("\tat ");
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    @Test
    void servesFromASeparateDatabaseAndKeepsNothingOfItsOwn() throws Exception {
        try (PackedPurser purser = purser()) {
            purser.start();

            assertThat(purser.get(purser.apiPort(), "/v1/version").statusCode()).isEqualTo(200);
            assertThat(purser.log())
                    .contains("PostgreSQL 18", server.access().url(), "none (wallets are credited by your backend)")
                    .doesNotContain(
                            "embedded",
                            "One database role",
                            server.access().owner().password(),
                            server.access().application().password());
            assertThat(purser.data()).doesNotExist();

            assertThat(healthcheck(purser)).isZero();

            assertThat(purser.terminate()).isZero();
            assertThat(healthcheck(purser)).isNotZero();
        }
    }

    private PackedPurser purser() {
        DatabaseAccess access = server.access();
        return new PackedPurser(directory)
                .launchedBy(entrypoint())
                .with("PURSER_JAR", jar())
                .with("PURSER_JAVA_OPTIONS", "-Xmx512m -XX:TieredStopAtLevel=1")
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("SPRING_DATASOURCE_URL", access.url())
                .with("SPRING_DATASOURCE_USERNAME", access.application().username())
                .with("SPRING_DATASOURCE_PASSWORD", access.application().password())
                .with("PURSER_DATABASE_OWNER_USERNAME", access.owner().username())
                .with("PURSER_DATABASE_OWNER_PASSWORD", access.owner().password())
                .with("PURSER_FINGERPRINT_KEYS", KEY)
                .with("PURSER_ENCRYPTION_KEYS", KEY)
                .with("PURSER_PAYMENTS", "none");
    }

    private static int healthcheck(PackedPurser purser) throws Exception {
        ProcessBuilder check = new ProcessBuilder(
                        "bash", SCRIPTS.resolve("healthcheck.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        check.environment().put("PURSER_MANAGEMENT_PORT", Integer.toString(purser.managementPort()));
        return check.start().waitFor();
    }

    private static String jar() {
        return PackedPurser.jar().toString();
    }

    private static String[] entrypoint() {
        return new String[] {"sh", SCRIPTS.resolve("entrypoint.sh").toString()};
    }
}
