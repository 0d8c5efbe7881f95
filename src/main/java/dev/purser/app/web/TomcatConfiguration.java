package dev.purser.app.web;

import dev.purser.app.database.DatabaseSummary;
import dev.purser.app.installation.Installation;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Tomcat's ports and its own error answers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class TomcatConfiguration {

    @Bean
    TomcatPorts tomcatPorts(NetworkProperties network) {
        return new TomcatPorts(network);
    }

    @Bean
    ListeningPorts listeningPorts(TomcatPorts tomcatPorts) {
        return new ListeningPorts(tomcatPorts);
    }

    @Bean
    StartAndStopMessages startAndStopMessages(
            Version version,
            NetworkProperties network,
            ListeningPorts ports,
            Installation installation,
            DatabaseSummary database) {
        return new StartAndStopMessages(version, network, ports, installation, database);
    }

    /** Comes last, because the gateway's connector copies what the customizers before it have set. */
    @Order(Ordered.LOWEST_PRECEDENCE)
    static final class TomcatPorts implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
        private final NetworkProperties network;
        private @Nullable FurtherConnector gateway;
        private @Nullable FurtherConnector nodes;

        TomcatPorts(NetworkProperties network) {
            this.network = network;
        }

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            // Clients encode the slash of a model's name; Tomcat would refuse it.
            factory.addConnectorCustomizers(
                    every -> every.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
            FurtherConnector connector = FurtherConnector.addTo(factory, Ports.gateway(network));
            factory.addContextCustomizers(context -> {
                StandardHost host = (StandardHost) context.getParent();
                host.getPipeline().addValve(new JsonErrorReportValve(connector));
                host.setErrorReportValveClass(JsonErrorReportValve.class.getName());
            });
            gateway = connector;
            if (network.node().isClustered()) {
                nodes = FurtherConnector.addTo(factory, Ports.nodes(network));
            }
        }

        /** The gateway's port, once Tomcat has started. */
        int gatewayPort() {
            if (gateway == null) {
                throw new IllegalStateException("Tomcat has not been made yet");
            }
            return gateway.localPort();
        }

        /** The internal port, 0 where there is none. */
        int nodePort() {
            return nodes == null ? 0 : nodes.localPort();
        }
    }
}
