package dev.purser.app.care;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.purser.app.database.DatabaseAccess;
import dev.purser.app.database.DatabaseProperties;
import dev.purser.app.database.EmbeddedPostgres;
import dev.purser.app.database.ExternalDatabaseProperties;
import dev.purser.app.secret.KeyChecks;
import dev.purser.app.secret.SecretKeys;
import dev.purser.app.secret.SecretProperties;
import dev.purser.app.secret.ServerSecrets;
import dev.purser.app.storage.DataDirectory;
import dev.purser.app.storage.StartRefused;
import dev.purser.app.storage.StorageProperties;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.log.HeadSignal;
import dev.purser.eventstore.secret.Vault;
import dev.purser.projection.LedgerAssembly;
import dev.purser.projection.ReadModels;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.engine.Rebuilds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The read models of an installation, reached without its server: in the database that is named, in the embedded one of a
 * running server, or in the embedded one started for this. Nothing is migrated.
 */
public final class ReachedProjections implements AutoCloseable {
    private static final int POOL_SIZE = 4;

    private final HikariDataSource pool;
    private final @Nullable EmbeddedPostgres started;
    private final @Nullable DataDirectory held;
    private final Projections projections;
    private final Rebuilds rebuilds;

    private ReachedProjections(
            DatabaseAccess access,
            ServerSecrets secrets,
            @Nullable EmbeddedPostgres started,
            @Nullable DataDirectory held) {
        this.started = started;
        this.held = held;
        this.pool = pool(access);
        refuseOtherKeys(secrets);
        Vault vault = new Vault(pool, secrets.encryptionKeys().newestFirst());
        List<Projection> readModels = ReadModels.all((customerId, text) -> vault.unseal(
                        customerId, Base64.getDecoder().decode(text.base64()))
                .orElse(null));
        EventLog log = new EventLog(pool, new HeadSignal());
        EventCodec codec = LedgerAssembly.codec();
        projections = new Projections(log, codec, pool, readModels);
        rebuilds = new Rebuilds(log, codec, sessions(access), readModels);
    }

    static ReachedProjections open(
            ExternalDatabaseProperties external,
            DatabaseProperties properties,
            SecretProperties secrets,
            StorageProperties storage) {
        Path data = storage.dir().toAbsolutePath().normalize();
        if (!external.isAbsent()) {
            ServerSecrets keys = ServerSecrets.load(secrets, null);
            return new ReachedProjections(external.access(properties.owner()), keys, null, null);
        }
        if (!Files.isDirectory(data.resolve("postgres"))) {
            throw new StartRefused("There is no installation in " + data + " yet: the first start makes it.");
        }
        if (DataDirectory.isInUse(data)) {
            return new ReachedProjections(EmbeddedPostgres.accessOfRunning(data), kept(secrets, data), null, null);
        }
        return openStopped(properties, secrets, data);
    }

    private static ReachedProjections openStopped(DatabaseProperties properties, SecretProperties secrets, Path data) {
        DataDirectory held = DataDirectory.open(data);
        try {
            EmbeddedPostgres started = EmbeddedPostgres.start(held, properties.embedded());
            try {
                return new ReachedProjections(started.access(), kept(secrets, data), started, held);
            } catch (RuntimeException e) {
                started.close();
                throw e;
            }
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    private static ServerSecrets kept(SecretProperties secrets, Path data) {
        return new ServerSecrets(
                keys("PURSER_FINGERPRINT_KEYS", secrets.fingerprint().keys(), data, "fingerprint-keys"),
                keys("PURSER_ENCRYPTION_KEYS", secrets.encryption().keys(), data, "encryption-keys"));
    }

    private static SecretKeys keys(String variable, List<String> configured, Path data, String fileName) {
        if (!configured.isEmpty()) {
            return SecretKeys.parse(variable, configured);
        }
        Path file = data.resolve("secrets").resolve(fileName);
        try {
            return SecretKeys.parse("the file " + file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new StartRefused("The keys in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** With other keys personal data would be rebuilt as missing. */
    private void refuseOtherKeys(ServerSecrets secrets) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select fingerprint_key_check, encryption_key_check from inline.installation")) {
            if (rows.next()) {
                new KeyChecks(rows.getString(1), rows.getString(2)).refuseUnlessAmong(secrets);
            }
        } catch (SQLException e) {
            pool.close();
            throw new StartRefused("The installation's record cannot be read: " + e.getMessage(), e);
        } catch (StartRefused e) {
            pool.close();
            throw e;
        }
    }

    public Projections projections() {
        return projections;
    }

    public Rebuilds rebuilds() {
        return rebuilds;
    }

    private static HikariDataSource pool(DatabaseAccess access) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(access.url());
        config.setUsername(access.application().username());
        config.setPassword(access.application().password());
        config.setMaximumPoolSize(POOL_SIZE);
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new StartRefused(
                    "The database " + access.url() + " does not let " + access.application() + " in: " + e.getMessage(),
                    e);
        }
    }

    private static PGSimpleDataSource sessions(DatabaseAccess access) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(access.url());
        source.setUser(access.application().username());
        source.setPassword(access.application().password());
        source.setApplicationName(Rebuilds.SESSION_NAME);
        source.setTcpKeepAlive(true);
        return source;
    }

    @Override
    public void close() {
        rebuilds.close();
        pool.close();
        if (started != null) {
            started.close();
        }
        if (held != null) {
            held.close();
        }
    }
}
