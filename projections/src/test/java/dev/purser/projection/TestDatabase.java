package dev.purser.projection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database of its own on one real PostgreSQL server per test run. */
public final class TestDatabase implements AutoCloseable {
    private static final String OWNER = "purser_owner";
    private static final String APP = "purser_app";
    private static final String TEMPLATE = "migrated";
    private static final int POOL_SIZE = 16;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String url;
    private final HikariDataSource dataSource;

    private TestDatabase(EmbeddedPostgres server, String name) {
        url = server.getJdbcUrl("postgres", name);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(APP);
        config.setMaximumPoolSize(POOL_SIZE);
        dataSource = new HikariDataSource(config);
    }

    /** On a server that does not wait for the disk. */
    public static TestDatabase create() {
        String name = "ledger_" + NUMBER.incrementAndGet();
        try (Connection admin = Server.INSTANCE.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("create database " + name + " template " + TEMPLATE + " owner " + OWNER);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(Server.INSTANCE, name);
    }

    /** On a server of its own with the settings of the product's embedded one; for measurements. */
    public static TestDatabase durable() {
        return new TestDatabase(
                start(EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("shared_buffers", "256MB")
                        .setServerConfig("effective_io_concurrency", "16")
                        .setServerConfig("wal_compression", "on")
                        .setServerConfig("max_wal_size", "2GB")
                        .setServerConfig("checkpoint_timeout", "15min")
                        .setServerConfig("jit", "off")),
                TEMPLATE);
    }

    private static final class Server {
        private static final EmbeddedPostgres INSTANCE = start(EmbeddedPostgres.builder());
    }

    private static EmbeddedPostgres start(EmbeddedPostgres.Builder settings) {
        try {
            EmbeddedPostgres server =
                    settings.setServerConfig("max_connections", "200").start();
            try (Connection admin = server.getPostgresDatabase().getConnection();
                    Statement statement = admin.createStatement()) {
                statement.execute("create role " + OWNER + " login");
                statement.execute("create role " + APP + " login");
                statement.execute("create database " + TEMPLATE + " owner " + OWNER);
            }
            Flyway.configure()
                    .dataSource(server.getJdbcUrl("postgres", TEMPLATE), OWNER, "")
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

    /** Connections with the application's role. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Fresh connections with the application's role, outside the pool. */
    public DataSource connections() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(APP);
        return source;
    }

    /** A connection with the application's role, outside the pool. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, APP, "");
    }

    /** The results of a query by the superuser, one text per row. */
    public List<String> rows(String sql) {
        try (Connection admin = DriverManager.getConnection(url, "postgres", "");
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Executes a statement as the superuser. */
    public void execute(String sql) {
        try (Connection admin = DriverManager.getConnection(url, "postgres", "");
                Statement statement = admin.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Every row of the tables as text, in an order that depends on the rows alone. */
    public List<String> dump(List<String> tables) {
        List<String> all = new ArrayList<>();
        for (String table : tables) {
            rows("select t::text from " + table + " t order by 1").forEach(row -> all.add(table + row));
        }
        return all;
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
