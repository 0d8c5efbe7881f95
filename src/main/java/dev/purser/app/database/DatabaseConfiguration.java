package dev.purser.app.database;

import dev.purser.app.storage.DataDirectory;
import dev.purser.app.storage.StorageProperties;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The database's beans. Each one is handed the one below it, so that Spring closes the pool before the server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({StorageProperties.class, DatabaseProperties.class, ExternalDatabaseProperties.class})
public class DatabaseConfiguration {

    @Bean
    @Conditional(NoDatabaseIsNamed.class)
    DataDirectory dataDirectory(StorageProperties storage) {
        return DataDirectory.open(storage.dir());
    }

    @Bean
    @Conditional(NoDatabaseIsNamed.class)
    EmbeddedPostgres embeddedPostgres(DataDirectory data, DatabaseProperties properties) {
        return EmbeddedPostgres.start(data, properties.embedded());
    }

    @Bean
    LedgerDatabase ledgerDatabase(
            @Nullable EmbeddedPostgres embedded,
            ExternalDatabaseProperties external,
            DatabaseProperties properties,
            @Nullable MeterRegistry metrics) {
        DatabaseAccess access = embedded == null ? external.access(properties.owner()) : embedded.access();
        return LedgerDatabase.open(access, properties.pool(), metrics);
    }

    @Bean
    DatabaseSummary databaseSummary(
            LedgerDatabase database, @Nullable EmbeddedPostgres embedded, @Nullable DataDirectory data) {
        String version = "PostgreSQL " + database.serverVersion();
        return new DatabaseSummary(
                embedded == null || data == null
                        ? version + " at " + database.access().url()
                        : "embedded " + version + " on 127.0.0.1:" + embedded.port() + ", data in " + data.root());
    }

    @Bean
    LedgerHealth ledgerHealthIndicator(LedgerDatabase database) {
        return new LedgerHealth(database);
    }

    @Bean
    DataSource dataSource(LedgerDatabase database) {
        return database.dataSource();
    }
}
