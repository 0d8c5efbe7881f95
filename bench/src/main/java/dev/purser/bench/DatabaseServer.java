package dev.purser.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The PostgreSQL server of an installation, run without the product, with the settings that the product wrote for it. */
final class DatabaseServer implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final String MIGRATED = "purser";
    private static final int POOL = 16;
    private static final List<String> SETTINGS =
            List.of("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "shared_buffers");

    private final Installation installation;
    private final Path cluster;

    private DatabaseServer(Installation installation) {
        this.installation = installation;
        this.cluster = installation.data().resolve("postgres/cluster");
    }

    /** Fails where an answered commit could be lost: such a figure would be worth nothing. */
    static DatabaseServer start(Installation installation) throws IOException, InterruptedException, SQLException {
        DatabaseServer server = new DatabaseServer(installation);
        server.control("start", "--log=" + installation.directory().resolve("postgres.log"));
        for (String setting : SETTINGS.subList(0, 3)) {
            if (!server.value("show " + setting).equals("on")) {
                server.close();
                throw new IllegalStateException(setting + " is not on");
            }
        }
        return server;
    }

    /** Version and settings, as the running server says. */
    String description() throws SQLException {
        List<String> words = new ArrayList<>();
        words.add("PostgreSQL " + value("show server_version"));
        for (String setting : SETTINGS) {
            words.add(setting + " " + value("show " + setting));
        }
        return String.join(", ", words);
    }

    Installation installation() {
        return installation;
    }

    int port() {
        return installation.postgresPort();
    }

    String superuser() {
        return SUPERUSER;
    }

    String superuserPassword() {
        return installation.secret("database-superuser");
    }

    /** A new database with the product's tables and what its first command stored. */
    String createMigrated(String name) throws SQLException {
        execute("drop database if exists " + name + " with (force)");
        execute("create database " + name + " template " + MIGRATED + " owner purser_owner");
        return name;
    }

    String createEmpty(String name) throws SQLException {
        execute("drop database if exists " + name + " with (force)");
        execute("create database " + name);
        return name;
    }

    void drop(String name) throws SQLException {
        execute("drop database " + name + " with (force)");
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** A connection that may do anything. */
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, superuserPassword());
    }

    /** Connections with the rights of the running product, a new one each. */
    DataSource application(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(database));
        source.setUser("purser_app");
        source.setPassword(installation.secret("database-application"));
        return source;
    }

    /** A pool of them, as large as the product's. */
    HikariDataSource pool(String database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(application(database));
        config.setMaximumPoolSize(POOL);
        return new HikariDataSource(config);
    }

    /** The one value of a query by the superuser. */
    String value(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Gives the product its cluster back. */
    @Override
    public void close() {
        try {
            control("stop", "--mode=fast");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String value(String sql) throws SQLException {
        return value(SUPERUSER, sql);
    }

    private void execute(String sql) throws SQLException {
        execute(SUPERUSER, sql);
    }

    private void control(String verb, String option) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(asItsOwner());
        command.addAll(List.of(
                programs().resolve("bin/pg_ctl").toString(),
                verb,
                "--pgdata=" + cluster,
                "--wait",
                "--timeout=120",
                "--silent",
                option));
        Path output = installation.directory().resolve("pg_ctl.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        if (builder.start().waitFor() != 0) {
            throw new IOException("pg_ctl " + verb + " failed, see " + output);
        }
    }

    /** PostgreSQL does not run as root: where the product made the files as root, they are used as it uses them. */
    private List<String> asItsOwner() throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        return Files.getOwner(cluster).getName().equals("root")
                ? List.of("unshare", "--user", "--")
                : List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--");
    }

    private Path programs() throws IOException {
        try (Stream<Path> entries = Files.list(installation.data().resolve("postgres"))) {
            return entries.filter(path -> path.getFileName().toString().startsWith("programs-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no PostgreSQL beside " + cluster));
        }
    }
}
