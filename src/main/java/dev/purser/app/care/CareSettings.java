package dev.purser.app.care;

import dev.purser.app.database.DatabaseProperties;
import dev.purser.app.database.ExternalDatabaseProperties;
import dev.purser.app.secret.SecretProperties;
import dev.purser.app.storage.StorageProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * What of the configuration is needed to reach the read models; nothing of the server is started. Not a {@code
 * @Configuration}: the server, which looks for those, has read models of its own.
 */
@EnableConfigurationProperties({
    StorageProperties.class,
    DatabaseProperties.class,
    ExternalDatabaseProperties.class,
    SecretProperties.class
})
public class CareSettings {

    @Bean
    ReachedProjections reachedProjections(
            ExternalDatabaseProperties external,
            DatabaseProperties properties,
            SecretProperties secrets,
            StorageProperties storage) {
        return ReachedProjections.open(external, properties, secrets, storage);
    }
}
