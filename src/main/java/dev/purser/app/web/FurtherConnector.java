package dev.purser.app.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.ProtocolHandler;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/** Another door of Tomcat's: the same server, the same limits, a port of its own. */
final class FurtherConnector {
    private final Connector connector;

    private FurtherConnector(Connector connector) {
        this.connector = connector;
    }

    /** Takes over the limits and the executor that the first connector gets, which Boot does not do by itself. */
    static FurtherConnector addTo(TomcatServletWebServerFactory factory, Ports.Named port) {
        Connector connector = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
        connector.setPort(port.number());
        connector.setURIEncoding(factory.getUriEncoding().name());
        connector.setThrowOnFailure(true);
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            protocol.setAddress(address(port));
        }
        for (TomcatConnectorCustomizer customizer : factory.getConnectorCustomizers()) {
            customizer.customize(connector);
        }
        for (TomcatProtocolHandlerCustomizer<?> customizer : factory.getProtocolHandlerCustomizers()) {
            customize(customizer, connector.getProtocolHandler());
        }
        factory.addAdditionalConnectors(connector);
        return new FurtherConnector(connector);
    }

    boolean is(Connector other) {
        return connector == other;
    }

    /** The port that is listened on, which is not the configured one when that is 0. */
    int localPort() {
        return connector.getLocalPort();
    }

    /** The customizers that Boot registers take any protocol handler; their type parameter only says which they expect. */
    @SuppressWarnings("unchecked")
    private static <T extends ProtocolHandler> void customize(
            TomcatProtocolHandlerCustomizer<T> customizer, ProtocolHandler handler) {
        customizer.customize((T) handler);
    }

    private static InetAddress address(Ports.Named port) {
        try {
            return InetAddress.getByName(port.address());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "The " + port.purpose() + " port's bind address is none of this machine: " + port.address(), e);
        }
    }
}
