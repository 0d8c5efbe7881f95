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

/** Tomcat's two ports and its own error answers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class TomcatConfiguration {

    @Bean
    BothPorts bothPorts(NetworkProperties network) {
        return new BothPorts(network);
    }

    @Bean
    ListeningPorts listeningPorts(BothPorts bothPorts) {
        return new ListeningPorts(bothPorts);
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
    static final class BothPorts implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
        private final NetworkProperties network;
        private @Nullable GatewayConnector gateway;

        BothPorts(NetworkProperties network) {
            this.network = network;
        }

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            // Clients encode the slash of a model's name; Tomcat would refuse it.
            factory.addConnectorCustomizers(
                    every -> every.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
            GatewayConnector connector = GatewayConnector.addTo(factory, network);
            factory.addContextCustomizers(context -> {
                StandardHost host = (StandardHost) context.getParent();
                host.getPipeline().addValve(new JsonErrorReportValve(connector));
                host.setErrorReportValveClass(JsonErrorReportValve.class.getName());
            });
            gateway = connector;
        }

        /** The gateway's port, once Tomcat has started. */
        int gatewayPort() {
            if (gateway == null) {
                throw new IllegalStateException("Tomcat has not been made yet");
            }
            return gateway.localPort();
        }
    }
}
