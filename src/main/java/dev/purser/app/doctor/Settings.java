package dev.purser.app.doctor;

import dev.purser.app.database.DatabaseProperties;
import dev.purser.app.database.ExternalDatabaseProperties;
import dev.purser.app.installation.PaymentMode;
import dev.purser.app.installation.PaymentProperties;
import dev.purser.app.installation.StripeKeys;
import dev.purser.app.secret.SecretProperties;
import dev.purser.app.storage.StorageProperties;
import dev.purser.app.web.NetworkProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The whole configuration, bound and validated, without anything being started. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    NetworkProperties.class,
    StorageProperties.class,
    DatabaseProperties.class,
    ExternalDatabaseProperties.class,
    SecretProperties.class,
    PaymentProperties.class,
    StripeKeys.class
})
public class Settings {

    @Bean
    Doctor doctor(
            NetworkProperties network,
            StorageProperties storage,
            DatabaseProperties database,
            ExternalDatabaseProperties external,
            SecretProperties secrets,
            PaymentProperties payments,
            StripeKeys stripe,
            Environment environment) {
        return new Doctor(
                new MachineChecks(),
                new PortChecks(network, PaymentMode.isSandbox(environment)),
                new ConfigurationChecks(external, secrets, payments, stripe, storage, environment),
                new DatabaseCheckup(external, database, storage));
    }
}
