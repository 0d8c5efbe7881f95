package dev.purser.app.wiring;

import dev.purser.app.installation.Installation;
import dev.purser.app.installation.PaymentMode;
import dev.purser.domain.Ledger;
import dev.purser.domain.pricing.PriceBook;
import dev.purser.edge.idempotency.StoredAnswers;
import dev.purser.gateway.Gateway;
import dev.purser.gateway.catalogue.CatalogueController;
import dev.purser.gateway.chat.ChatController;
import dev.purser.gateway.embeddings.EmbeddingController;
import dev.purser.gateway.images.ImageController;
import dev.purser.gateway.models.ModelsController;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The gateway, and what it knows from elsewhere. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties(GatewaySettings.class)
class GatewayWiring {

    /** Not closed by Spring but stopped by {@link GatewayLifecycle}, while the server still serves. */
    @Bean(destroyMethod = "")
    Gateway gateway(
            GatewaySettings settings,
            Installation installation,
            Environment environment,
            Ledger ledger,
            StoredAnswers stored,
            Clock clock) {
        return new Gateway(
                settings.properties(installation.payments() == PaymentMode.SANDBOX),
                environment::getProperty,
                ledger,
                (scope, key) ->
                        stored.find(scope, key).map(first -> new String(first.answer(), StandardCharsets.UTF_8)),
                clock);
    }

    @Bean
    GatewayLifecycle gatewayLifecycle(Gateway gateway) {
        return new GatewayLifecycle(gateway);
    }

    @Bean
    PriceBook priceBook(Gateway gateway) {
        return gateway.prices();
    }

    @Bean
    ChatController chatController(Gateway gateway) {
        return gateway.controllers().chat();
    }

    @Bean
    EmbeddingController embeddingController(Gateway gateway) {
        return gateway.controllers().embeddings();
    }

    @Bean
    ImageController imageController(Gateway gateway) {
        return gateway.controllers().images();
    }

    @Bean
    ModelsController modelsController(Gateway gateway) {
        return gateway.controllers().models();
    }

    @Bean
    CatalogueController catalogueController(Gateway gateway) {
        return gateway.controllers().catalogue();
    }
}
