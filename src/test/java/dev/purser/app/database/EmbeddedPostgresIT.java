package dev.purser.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import dev.purser.app.storage.DataDirectory;
import dev.purser.app.storage.StartRefused;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    private static final DatabaseProperties.Embedded SETTINGS = new DatabaseProperties.Embedded(
            0,
            Path.of(System.getProperty("basedir", "."))
                    .resolve("target/postgres-programs")
                    .toAbsolutePath());

    /** One cluster for all: making one is what takes long, and each test leaves it stopped and sound. */
    @TempDir
    private static Path temporary;

    @Test
    void keepsItsDataAndItsPromiseOverRestarts() throws Exception {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
            try (EmbeddedPostgres server = EmbeddedPostgres.start(data, SETTINGS);
                    Connection owner = connect(server, server.access().owner())) {
                execute(owner, "create schema kept");
                execute(owner, "create table kept.note (text text)");
                execute(owner, "insert into kept.note values ('still here')");
            }
            try (EmbeddedPostgres server = EmbeddedPostgres.start(data, SETTINGS);
                    Connection owner = connect(server, server.access().owner())) {
                assertThat(query(owner, "select text from kept.note")).isEqualTo("still here");
                assertThat(DurabilitySettings.read(owner)).isEqualTo(new DurabilitySettings("on", "on", "on"));
                assertThat(query(owner, "show data_checksums")).isEqualTo("on");
                assertThat(query(owner, "select rolsuper from pg_roles where rolname = current_user"))
                        .isEqualTo("f");
            }
        }
    }

    @Test
    void refusesToRunWithoutDurability() throws Exception {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
            EmbeddedPostgres.start(data, SETTINGS).close();
            Path overriding = data.resolve("postgres/cluster/postgresql.auto.conf");
            String before = Files.readString(overriding);
            Files.writeString(overriding, "fsync = off\nfull_page_writes = off\n", StandardOpenOption.APPEND);

            assertThatThrownBy(() -> EmbeddedPostgres.start(data, SETTINGS))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("fsync = off, full_page_writes = off");
            assertThat(PostmasterFile.read(data.resolve("postgres/cluster"))).isEmpty();
            Files.writeString(overriding, before);
        }
    }

    @Test
    void stopsTheServerThatAnEarlierPurserLeftBehind() throws Exception {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
            EmbeddedPostgres orphan = EmbeddedPostgres.start(data, SETTINGS);
            long orphanPid = runningServer(data).orElseThrow().pid();
            try (EmbeddedPostgres server = EmbeddedPostgres.start(data, SETTINGS)) {
                assertThat(runningServer(data).orElseThrow().pid()).isNotEqualTo(orphanPid);
                assertThatThrownBy(() -> connect(orphan, orphan.access().owner()))
                        .isInstanceOf(SQLException.class);
                connect(server, server.access().owner()).close();
            }
        }
    }

    @Test
    void startsOverThePidFileOfAMachineThatLostPower() throws Exception {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
            EmbeddedPostgres.start(data, SETTINGS).close();
            Path cluster = data.resolve("postgres/cluster");
            Files.writeString(
                    PostmasterFile.in(cluster),
                    ProcessHandle.current().pid() + "\n" + cluster + "\n1800000000\n5432\n\n\n\n");

            try (EmbeddedPostgres server = EmbeddedPostgres.start(data, SETTINGS)) {
                connect(server, server.access().application()).close();
            }
        }
    }

    @Test
    void listensOnLoopbackOnlyAndAsksForPasswords() throws Exception {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("data"));
                EmbeddedPostgres server = EmbeddedPostgres.start(data, SETTINGS)) {
            String address = server.access().url();
            assertThatThrownBy(() -> DriverManager.getConnection(address, PostgresCluster.SUPERUSER, "guess"))
                    .hasMessageContaining("password authentication failed");
            Optional<InetAddress> outside = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(candidate -> candidate instanceof Inet4Address && !candidate.isLoopbackAddress())
                    .findFirst();
            if (outside.isPresent()) {
                assertThatThrownBy(() -> new Socket(outside.get(), server.port()).close())
                        .isInstanceOf(ConnectException.class);
            }
            for (String secret : new String[] {"database-superuser", "database-owner", "database-application"}) {
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(data.resolve("secrets/" + secret))))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void givesUpRootWhereUserNamespacesAreRefusedAndIsAnybodyElseAsHeIs() throws Exception {
        int own = (int) new UnixSystem().getUid();
        boolean root = own == 0;
        Path open = Files.createTempDirectory("purser-nobody");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        DatabaseProperties.Embedded settings = new DatabaseProperties.Embedded(0, null);
        try (DataDirectory data = DataDirectory.open(open.resolve("data"))) {
            for (int start = 0; start < 2; start++) {
                try (EmbeddedPostgres server = root
                        ? EmbeddedPostgres.start(data, settings, PostgresUser.NOBODY)
                        : EmbeddedPostgres.start(data, settings)) {
                    connect(server, server.access().owner()).close();
                    Path files = data.resolve("postgres/cluster/PG_VERSION");
                    assertThat(Files.getAttribute(files, "unix:uid")).isEqualTo(root ? 65_534 : own);
                    assertThat(Files.getAttribute(data.resolve("secrets"), "unix:uid"))
                            .isEqualTo(own);
                }
            }
        }
        Trees.delete(open);
    }

    private static Optional<PostmasterFile> runningServer(DataDirectory data) throws Exception {
        return PostmasterFile.read(data.resolve("postgres/cluster")).filter(PostmasterFile::isServerRunning);
    }

    private static Connection connect(EmbeddedPostgres server, DatabaseAccess.Login login) throws SQLException {
        return DriverManager.getConnection(server.access().url(), login.username(), login.password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
