package dev.purser.app.wiring;

import dev.purser.app.web.ListeningPorts;
import dev.purser.app.web.NetworkProperties;
import dev.purser.app.web.Ports;
import dev.purser.sandbox.StripeSandbox;
import java.net.URI;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Tells the sandbox where to send its events for as long as somebody is there to take them. */
final class SandboxDelivery {
    private final StripeSandbox sandbox;
    private final NetworkProperties network;
    private final ListeningPorts ports;

    SandboxDelivery(StripeSandbox sandbox, NetworkProperties network, ListeningPorts ports) {
        this.sandbox = sandbox;
        this.network = network;
        this.ports = ports;
        ports.sandboxListens(sandbox.port());
    }

    @EventListener
    void ready(ApplicationReadyEvent unused) {
        String host = Ports.reachableHost(network.bind().address());
        sandbox.deliverTo(URI.create("http://" + host + ":" + ports.api() + "/stripe/webhook"));
    }

    @EventListener
    void stopping(ContextClosedEvent event) {
        if (event.getApplicationContext().getParent() == null) {
            sandbox.deliverTo(null);
        }
    }
}
