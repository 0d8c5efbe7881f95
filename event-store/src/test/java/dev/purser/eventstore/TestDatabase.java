package dev.purser.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.purser.eventstore.writer.ConnectionSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A database of its own on one real PostgreSQL server per test run, durable as in production, migrated, with both roles. */
public final class TestDatabase implements AutoCloseable {

    public static final String OWNER = "purser_owner";
    public static final String APP = "purser_app";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String url;
    private final HikariDataSource reads;

    private TestDatabase(String name) {
        this.url = url(server(), name);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(APP);
        config.setMaximumPoolSize(8);
        this.reads = new HikariDataSource(config);
    }

    /** A new, migrated, empty database. */
    public static TestDatabase create() {
        String name = "ledger_" + NUMBER.incrementAndGet();
        try (Connection admin = server().getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("create database " + name + " owner " + OWNER + " template " + Server.TEMPLATE);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(name);
    }

    private static EmbeddedPostgres server() {
        return Server.INSTANCE;
    }

    private static String url(EmbeddedPostgres server, String database) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
    }

    private static final class Server {
        private static final String TEMPLATE = "migrated";
        private static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("max_connections", "100")
                        .start();
                try (Connection admin = server.getPostgresDatabase().getConnection();
                        Statement statement = admin.createStatement()) {
                    statement.execute("create role " + OWNER + " login");
                    statement.execute("create role " + APP + " login");
                    statement.execute("create database " + TEMPLATE + " owner " + OWNER);
                }
                Flyway.configure()
                        .dataSource(url(server, TEMPLATE), OWNER, "")
                        .placeholders(Map.of("appRole", APP))
                        .load()
                        .migrate();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A pool of connections with the application's role. */
    public DataSource reads() {
        return reads;
    }

    /** Opens connections with the application's role. */
    public ConnectionSource writes() {
        return () -> connect(APP);
    }

    /** Opens connections with the application's role through another port of this machine. */
    public ConnectionSource writesThrough(int port) {
        return () -> connect(url.replace(":" + port() + "/", ":" + port + "/"), APP);
    }

    /** The server's port. */
    public static int port() {
        return server().getPort();
    }

    /** A connection with the given role. */
    public Connection connect(String role) throws SQLException {
        return connect(url, role);
    }

    private static Connection connect(String url, String role) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("ApplicationName", role.equals(APP) ? "ledger-writer" : "test");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("sslmode", "disable");
        return DriverManager.getConnection(url, properties);
    }

    /** The results of a query by the superuser, one list of texts per row. */
    public List<List<String>> query(String sql) {
        try (Connection admin = connect("postgres");
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<String>> found = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(rows.getString(i)));
                }
                found.add(row);
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The single value of a query by the superuser. */
    public String value(String sql) {
        return query(sql).getFirst().getFirst();
    }

    /** Executes a statement as the owner of the tables. */
    public void execute(String sql) {
        try (Connection owner = connect(OWNER);
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the writer's sessions from outside, as a failing network or an administrator would; how many. */
    public int killWriter() {
        return Integer.parseInt(value("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where application_name = 'ledger-writer' and datname = current_database()"));
    }

    /** Ends the session that has the lead. */
    public int killLeader() {
        return Integer.parseInt(value("select count(pg_terminate_backend(pid)) from pg_locks"
                + " where locktype = 'advisory' and granted"
                + " and database = (select oid from pg_database where datname = current_database())"));
    }

    @Override
    public void close() {
        reads.close();
    }
}
