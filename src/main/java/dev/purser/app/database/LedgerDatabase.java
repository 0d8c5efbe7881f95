package dev.purser.app.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.purser.app.storage.StartRefused;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The migrated database and the ways into it. The owner's role is used while opening and for nothing else; everything that
 * runs later has the application's role, which can append to the ledger and not change it.
 */
public final class LedgerDatabase implements AutoCloseable {
    /** Older ones lack what the migrations use. */
    private static final int OLDEST_SERVER = 16;

    private static final Logger log = LoggerFactory.getLogger(LedgerDatabase.class);

    private final DatabaseAccess access;
    private final HikariDataSource pool;
    private final String serverVersion;

    private LedgerDatabase(DatabaseAccess access, HikariDataSource pool, String serverVersion) {
        this.access = access;
        this.pool = pool;
        this.serverVersion = serverVersion;
    }

    /** Checks the server, migrates as the owner, then opens the application's pool. */
    public static LedgerDatabase open(DatabaseAccess access, DatabaseProperties.Pool settings) {
        return open(access, settings, null);
    }

    static LedgerDatabase open(
            DatabaseAccess access, DatabaseProperties.Pool settings, @Nullable MeterRegistry metrics) {
        if (access.isOneRole()) {
            log.warn("One database role owns and uses the ledger: the database itself does not keep the application"
                    + " from changing or deleting events. Name an owner of its own:"
                    + " PURSER_DATABASE_OWNER_USERNAME.");
        }
        String serverVersion = migrate(access);
        HikariDataSource pool = openPool(access, settings, metrics);
        try (Connection connection = pool.getConnection()) {
            // Once more: settings may be given to a role, and this is the role that commits.
            DurabilitySettings.read(connection).refuseUnlessDurable("PostgreSQL as " + access.application());
            return new LedgerDatabase(access, pool, serverVersion);
        } catch (SQLException | RuntimeException e) {
            pool.close();
            throw e instanceof StartRefused refused
                    ? refused
                    : new StartRefused("The database " + access.url() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The application's pool, for reads, projections and inline tables. */
    public DataSource dataSource() {
        return pool;
    }

    /**
     * Connections outside of the pool, one per call, for holders of a session-level lock. Both ends notice within seconds
     * that the other is gone, so that a lock held by a cut-off node is soon free.
     */
    public DataSource dedicatedConnections() {
        return dedicatedConnections("purser-writer", Duration.ofSeconds(30));
    }

    /**
     * As {@link #dedicatedConnections()}.
     *
     * @param name what the session is called in the database
     * @param patience how long an answer is waited for; whole seconds
     */
    public DataSource dedicatedConnections(String name, Duration patience) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(access.url());
        source.setUser(access.application().username());
        source.setPassword(access.application().password());
        source.setApplicationName(name);
        source.setReWriteBatchedInserts(true);
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(3);
        source.setSocketTimeout((int) patience.toSeconds());
        source.setOptions("-c tcp_user_timeout=3000 -c tcp_keepalives_idle=1 -c tcp_keepalives_interval=1 "
                + "-c tcp_keepalives_count=2");
        return source;
    }

    public DatabaseAccess access() {
        return access;
    }

    public String serverVersion() {
        return serverVersion;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static String migrate(DatabaseAccess access) {
        DataSource owner = ownerConnections(access);
        String version = checkServer(access, owner);
        try {
            Flyway.configure()
                    .dataSource(owner)
                    .locations("classpath:db/migration")
                    .placeholders(Map.of("appRole", access.application().username()))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StartRefused("The database could not be migrated: " + e.getMessage(), e);
        }
        return version;
    }

    private static String checkServer(DatabaseAccess access, DataSource owner) {
        try (Connection connection = owner.getConnection()) {
            if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST_SERVER) {
                throw new StartRefused("Purser needs PostgreSQL " + OLDEST_SERVER + " or newer, this is "
                        + connection.getMetaData().getDatabaseProductVersion() + ".");
            }
            DurabilitySettings.read(connection).refuseUnlessDurable("PostgreSQL at " + access.url());
            return DurabilitySettings.show(connection, "server_version");
        } catch (SQLException e) {
            throw new StartRefused(
                    "The database " + access.url() + " does not let " + access.owner() + " in: " + e.getMessage(), e);
        }
    }

    private static DataSource ownerConnections(DatabaseAccess access) {
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(access.url());
        owner.setUser(access.owner().username());
        owner.setPassword(access.owner().password());
        owner.setApplicationName("purser-migration");
        owner.setConnectTimeout(10);
        return owner;
    }

    private static HikariDataSource openPool(
            DatabaseAccess access, DatabaseProperties.Pool settings, @Nullable MeterRegistry metrics) {
        try {
            HikariConfig configuration = poolConfiguration(access, settings);
            configuration.setMetricRegistry(metrics);
            return new HikariDataSource(configuration);
        } catch (HikariPool.PoolInitializationException e) {
            throw new StartRefused(
                    "The database " + access.url() + " does not let " + access.application() + " in: " + e.getMessage(),
                    e);
        }
    }

    private static HikariConfig poolConfiguration(DatabaseAccess access, DatabaseProperties.Pool settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("purser");
        config.setJdbcUrl(access.url());
        config.setUsername(access.application().username());
        config.setPassword(access.application().password());
        config.setMaximumPoolSize(settings.maximumSize());
        config.setMinimumIdle(2);
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setKeepaliveTime(120_000);
        config.setInitializationFailTimeout(10_000);
        Properties driver = new Properties();
        PGProperty.APPLICATION_NAME.set(driver, "purser");
        // PostgreSQL's details quote whole rows, and messages end in logs.
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(driver, false);
        PGProperty.TCP_KEEP_ALIVE.set(driver, true);
        PGProperty.CONNECT_TIMEOUT.set(driver, 5);
        PGProperty.SOCKET_TIMEOUT.set(driver, (int) settings.socketTimeout().toSeconds());
        PGProperty.REWRITE_BATCHED_INSERTS.set(driver, true);
        config.setDataSourceProperties(driver);
        return config;
    }
}
