package dev.purser.app.database;

import dev.purser.app.storage.DataDirectory;
import dev.purser.app.storage.SecretFiles;
import dev.purser.app.storage.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of Purser's own, in the data directory, with durable settings that are read back from the running
 * server. Its data outlives it; {@link #close} must come after everything that uses it is closed.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    static final String DATABASE = "purser";
    static final String OWNER = "purser_owner";
    static final String APPLICATION = "purser_app";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int PORT_ATTEMPTS = 5;

    private final PostgresCluster cluster;
    private final int port;
    private final DatabaseAccess access;

    private EmbeddedPostgres(PostgresCluster cluster, int port, DatabaseAccess access) {
        this.cluster = cluster;
        this.port = port;
        this.access = access;
    }

    public static EmbeddedPostgres start(DataDirectory data, DatabaseProperties.Embedded settings) {
        return start(data, settings, PostgresUser.detect());
    }

    static EmbeddedPostgres start(DataDirectory data, DatabaseProperties.Embedded settings, PostgresUser user) {
        String superuserPassword = data.secret("database-superuser", Passwords::random);
        DatabaseAccess.Login owner = new DatabaseAccess.Login(OWNER, data.secret("database-owner", Passwords::random));
        DatabaseAccess.Login application =
                new DatabaseAccess.Login(APPLICATION, data.secret("database-application", Passwords::random));
        try {
            Path home = data.resolve("postgres");
            SecretFiles.createPrivateDirectory(home);
            Path binariesParent = settings.binariesDir() == null
                    ? home
                    : settings.binariesDir().toAbsolutePath();
            PostgresCluster cluster = new PostgresCluster(PostgresBinaries.unpackBelow(binariesParent), user, home);
            cluster.initialize(superuserPassword);
            cluster.stopOrphan();
            int port = start(cluster, settings.port());
            try {
                verifyAndPrepare(cluster, port, superuserPassword, owner, application);
            } catch (SQLException | RuntimeException e) {
                cluster.stop();
                throw e;
            }
            return new EmbeddedPostgres(cluster, port, new DatabaseAccess(url(port), owner, application));
        } catch (IOException | SQLException e) {
            throw new StartRefused("The embedded PostgreSQL did not start: " + e.getMessage(), e);
        }
    }

    /** How to reach the server that another process runs on this data directory. */
    public static DatabaseAccess accessOfRunning(Path data) {
        try {
            Path cluster = data.toRealPath().resolve("postgres").resolve("cluster");
            int port = PostmasterFile.read(cluster)
                    .flatMap(PostmasterFile::port)
                    .orElseThrow(() -> new StartRefused("Purser is starting or stopping; ask again when it is ready."));
            return new DatabaseAccess(
                    url(port),
                    new DatabaseAccess.Login(OWNER, secret(data, "database-owner")),
                    new DatabaseAccess.Login(APPLICATION, secret(data, "database-application")));
        } catch (IOException e) {
            throw new StartRefused("The running embedded PostgreSQL cannot be found: " + e.getMessage(), e);
        }
    }

    public DatabaseAccess access() {
        return access;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            cluster.stop();
            log.info("PostgreSQL stopped");
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not stop", e);
        }
    }

    /** A free port may be taken by somebody else before the server binds it: then another one is tried. */
    private static int start(PostgresCluster cluster, int configuredPort) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = configuredPort == 0 ? freePort() : configuredPort;
            cluster.configure(port);
            try {
                cluster.start();
                return port;
            } catch (IOException e) {
                if (configuredPort != 0
                        || attempt == PORT_ATTEMPTS
                        || !cluster.logTail().contains("could not bind")) {
                    throw new IOException(e.getMessage() + "\n" + cluster.logTail(), e);
                }
            }
        }
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    private static String secret(Path data, String name) throws IOException {
        return Files.readString(data.resolve("secrets").resolve(name)).strip();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void verifyAndPrepare(
            PostgresCluster cluster,
            int port,
            String superuserPassword,
            DatabaseAccess.Login owner,
            DatabaseAccess.Login application)
            throws SQLException {
        PGSimpleDataSource superuser = new PGSimpleDataSource();
        superuser.setServerNames(new String[] {"127.0.0.1"});
        superuser.setPortNumbers(new int[] {port});
        superuser.setDatabaseName("postgres");
        superuser.setUser(PostgresCluster.SUPERUSER);
        superuser.setPassword(superuserPassword);
        try (Connection connection = superuser.getConnection()) {
            DurabilitySettings.read(connection).refuseUnlessDurable("The embedded PostgreSQL");
            refuseAnotherServer(cluster, connection);
            DatabaseRoles.ensure(connection, DATABASE, owner, application);
        }
    }

    private static void refuseAnotherServer(PostgresCluster cluster, Connection connection) throws SQLException {
        String directory = DurabilitySettings.show(connection, "data_directory");
        if (!Path.of(directory).equals(cluster.files())) {
            throw new StartRefused("On the port of the embedded PostgreSQL another server answers, with its data in "
                    + directory + ". Nothing was changed.");
        }
    }
}
