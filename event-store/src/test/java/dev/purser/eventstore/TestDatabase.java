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

    private static final int SOCKET_TIMEOUT_SECONDS = 30;
    private static final int CONNECTION_TIMEOUT_MILLIS = 10_000;
    private static final int SHORT_CONNECTION_TIMEOUT_MILLIS = 1_000;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String url;
    private final HikariDataSource reads;

    private TestDatabase(String url, int connectionTimeoutMillis) {
        this.url = url;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(APP);
        config.setMaximumPoolSize(8);
        config.setConnectionTimeout(connectionTimeoutMillis);
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
        return at(url(port(), name));
    }

    /** A migrated, empty database on another server, which has none yet; who reads does not wait for it for long. */
    static TestDatabase createOn(int port) {
        Server.prepare(port);
        return new TestDatabase(url(port, Server.TEMPLATE), SHORT_CONNECTION_TIMEOUT_MILLIS);
    }

    /** The database that another test database, perhaps of another process, is. */
    static TestDatabase at(String url) {
        return new TestDatabase(url, CONNECTION_TIMEOUT_MILLIS);
    }

    /** Where the database is. */
    String url() {
        return url;
    }

    private static EmbeddedPostgres server() {
        return Server.INSTANCE;
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
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
                prepare(server.getPort());
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void prepare(int port) {
            try (Connection admin = connect(url(port, "postgres"), "postgres", SOCKET_TIMEOUT_SECONDS);
                    Statement statement = admin.createStatement()) {
                statement.execute("create role " + OWNER + " login");
                statement.execute("create role " + APP + " login");
                statement.execute("create database " + TEMPLATE + " owner " + OWNER);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            Flyway.configure()
                    .dataSource(url(port, TEMPLATE), OWNER, "")
                    .placeholders(Map.of("appRole", APP))
                    .load()
                    .migrate();
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
        return writesThrough(port, SOCKET_TIMEOUT_SECONDS);
    }

    /** As {@link #writesThrough(int)}, for connections that are given up after so many seconds of silence. */
    public ConnectionSource writesThrough(int port, int socketTimeoutSeconds) {
        return () -> connect(url.replace(":" + port() + "/", ":" + port + "/"), APP, socketTimeoutSeconds);
    }

    /** The server's port. */
    public static int port() {
        return server().getPort();
    }

    /** A connection with the given role. */
    public Connection connect(String role) throws SQLException {
        return connect(url, role, SOCKET_TIMEOUT_SECONDS);
    }

    private static Connection connect(String url, String role, int socketTimeoutSeconds) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("ApplicationName", role.equals(APP) ? "ledger-writer" : "test");
        properties.setProperty("socketTimeout", String.valueOf(socketTimeoutSeconds));
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

    /** Makes every insert into the log take a second more, after its rows have arrived. */
    public void slowDownInserts() {
        execute("""
            create function public.slow() returns trigger language plpgsql as
                $$ begin perform pg_sleep(1); return null; end $$;
            create trigger slow after insert on ledger.event execute function public.slow();
            grant execute on function public.slow() to purser_app
            """);
    }

    /** Waits until a session of the writer waits for what PostgreSQL calls so. */
    public void awaitWriterWaitingFor(String waitEvent) throws InterruptedException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!value("select count(*) from pg_stat_activity where application_name = 'ledger-writer'"
                        + " and datname = current_database() and wait_event = '" + waitEvent + "'")
                .equals("1")) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the writer never waited for " + waitEvent);
            }
            Thread.sleep(1);
        }
    }

    /** Ends the writer's sessions from outside, as a failing network or an administrator would; how many. */
    public int killWriter() {
        return Integer.parseInt(value("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where application_name = 'ledger-writer' and datname = current_database()"));
    }

    /** Ends one of the writer's two sessions, by the low half of its lock's key; how many. */
    public int killWriter(int lowHalfOfKey) {
        return Integer.parseInt(value("select count(pg_terminate_backend(pid)) from pg_locks"
                + " where locktype = 'advisory' and granted and objid = " + lowHalfOfKey
                + " and database = (select oid from pg_database where datname = current_database())"));
    }

    /** Ends the sessions that have the lead, two of one process. */
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
