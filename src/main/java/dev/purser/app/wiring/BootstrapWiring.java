package dev.purser.app.wiring;

import dev.purser.app.installation.Installation;
import dev.purser.app.installation.PaymentMode;
import dev.purser.app.storage.DataDirectory;
import dev.purser.command.admin.Provisioning;
import dev.purser.command.secret.NewTokens;
import dev.purser.domain.Ledger;
import dev.purser.projection.access.TenantDirectory;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an installation starts with. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DemoProperties.class)
class BootstrapWiring {
    private static final Logger log = LoggerFactory.getLogger(BootstrapWiring.class);

    @Bean
    LedgerBootstrap ledgerBootstrap(Ledger ledger, NewTokens tokens, Clock clock, TenantDirectory directory) {
        return new LedgerBootstrap(new Provisioning(ledger, tokens, clock, "bootstrap"), directory);
    }

    @Bean
    @ConditionalOnWebApplication
    OnLedgerOpen demo(
            DemoProperties properties,
            Installation installation,
            @Nullable DataDirectory data,
            LedgerBootstrap bootstrap) {
        boolean wanted = properties.demo() == null
                ? installation.embeddedDatabase() && installation.payments() == PaymentMode.SANDBOX
                : properties.demo();
        if (wanted && data == null) {
            log.warn("PURSER_DEMO needs the embedded database; with one of your own run: bootstrap --demo");
        }
        return wanted && data != null ? new Demo(data, bootstrap, System.out) : () -> {};
    }
}
