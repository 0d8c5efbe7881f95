package dev.purser.app.web;

import dev.purser.app.database.ExternalDatabaseProperties;
import dev.purser.app.installation.PaymentMode;
import dev.purser.app.node.NodeProperties;
import dev.purser.app.storage.StartRefused;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Tells Spring Boot the ports that Purser's own settings name, so that every default is in one place. */
public final class ServerSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        NetworkProperties network = Binder.get(environment).bindOrCreate("purser", NetworkProperties.class);
        boolean sandbox = PaymentMode.isSandbox(environment);
        if (network.node().isClustered()) {
            refuseUnlessShared(environment, network.node());
            refusePlayMoneyOfOneNode(sandbox);
        }
        Ports.refuseIfUnusable(network, sandbox);
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.address", network.bind().address());
        settings.put("server.port", network.api().port());
        settings.put("management.server.address", network.management().address());
        settings.put("management.server.port", network.management().port());
        environment.getPropertySources().addFirst(new MapPropertySource("purser-network", settings));
    }

    private static void refusePlayMoneyOfOneNode(boolean sandbox) {
        if (sandbox) {
            throw new StartRefused("PURSER_NODE_ADDRESS is set, but the sandbox keeps its play money on one node alone."
                    + " Set PURSER_PAYMENTS to stripe or none; or unset PURSER_NODE_ADDRESS.");
        }
    }

    private static void refuseUnlessShared(ConfigurableEnvironment environment, NodeProperties node) {
        boolean embedded = Binder.get(environment)
                .bindOrCreate("spring.datasource", ExternalDatabaseProperties.class)
                .isAbsent();
        if (embedded) {
            throw new StartRefused("PURSER_NODE_ADDRESS is set, but the embedded database belongs to one node alone."
                    + " Name the database that the nodes share: SPRING_DATASOURCE_URL; or unset PURSER_NODE_ADDRESS.");
        }
        try {
            node.requiredAddress();
        } catch (IllegalArgumentException e) {
            throw new StartRefused(String.valueOf(e.getMessage()));
        }
    }
}
