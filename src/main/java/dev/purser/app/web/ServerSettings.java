package dev.purser.app.web;

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
        Ports.refuseIfUnusable(network);
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.address", network.bind().address());
        settings.put("server.port", network.api().port());
        settings.put("management.server.address", network.management().address());
        settings.put("management.server.port", network.management().port());
        environment.getPropertySources().addFirst(new MapPropertySource("purser-network", settings));
    }
}
