package dev.purser.app.wiring;

import dev.purser.app.database.LedgerDatabase;
import dev.purser.app.node.Cluster;
import dev.purser.app.node.IsClustered;
import dev.purser.app.node.Node;
import dev.purser.app.node.NodeSecret;
import dev.purser.app.secret.ServerSecrets;
import dev.purser.app.web.ListeningPorts;
import dev.purser.app.web.NetworkProperties;
import dev.purser.app.web.Version;
import dev.purser.edge.error.RouteFamilies;
import dev.purser.eventstore.LedgerEngine;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What a server needs besides when it is one of several. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@Conditional(IsClustered.class)
class NodeWiring {
    /** The nodes' rows are read twice a second: an answer that takes longer than this is none. */
    private static final Duration NODES_PATIENCE = Duration.ofSeconds(2);

    @Bean
    Node node(NetworkProperties network, Version version) {
        return Node.starting(network.node().requiredAddress(), version.version());
    }

    /** Not closed by Spring but stopped by {@link LedgerLifecycle}, in its order. */
    @Bean(destroyMethod = "")
    Cluster cluster(
            Node node,
            ServerSecrets secrets,
            LedgerDatabase database,
            LedgerEngine engine,
            NetworkProperties network,
            Clock clock) {
        DataSource connections = database.dedicatedConnections("purser-node", NODES_PATIENCE);
        Cluster cluster = new Cluster(
                node,
                NodeSecret.of(secrets.encryptionKeys().newestFirst()),
                connections::getConnection,
                engine::isLeading,
                new EngineLedger(engine, clock),
                network.node().leadWait());
        engine.onLeadChange(_ -> cluster.leadership().leadChanged());
        return cluster;
    }

    @Bean
    FilterRegistrationBean<Filter> internalPort(Cluster cluster, ListeningPorts ports, RouteFamilies families) {
        FilterRegistrationBean<Filter> filter =
                new FilterRegistrationBean<>(cluster.internalPort(port -> port == ports.node(), families));
        filter.setName("internalPort");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    @Bean
    FilterRegistrationBean<Filter> relay(Cluster cluster, RouteFamilies families) {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(cluster.relay(families));
        filter.setName("relay");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        return filter;
    }
}
