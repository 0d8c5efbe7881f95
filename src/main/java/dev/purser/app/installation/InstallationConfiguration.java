package dev.purser.app.installation;

import dev.purser.app.database.EmbeddedPostgres;
import dev.purser.app.database.LedgerDatabase;
import dev.purser.app.secret.SecretProperties;
import dev.purser.app.secret.ServerSecrets;
import dev.purser.app.storage.DataDirectory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The installation's beans: its keys and what it is. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PaymentProperties.class, SecretProperties.class, StripeKeys.class})
class InstallationConfiguration {

    @Bean
    ServerSecrets serverSecrets(SecretProperties properties, @Nullable DataDirectory data) {
        return ServerSecrets.load(properties, data);
    }

    @Bean
    Installation installation(
            PaymentProperties properties,
            StripeKeys keys,
            ServerSecrets secrets,
            LedgerDatabase database,
            @Nullable EmbeddedPostgres embedded,
            Environment environment) {
        keys.refuseUnlessApart();
        PaymentMode payments =
                PaymentMode.decide(properties.payments(), embedded != null, PaymentMode.isStripeKeyGiven(environment));
        return new InstallationRecord(database).settle(payments, secrets, embedded != null);
    }
}
