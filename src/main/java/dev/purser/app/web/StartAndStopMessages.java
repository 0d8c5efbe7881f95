package dev.purser.app.web;

import dev.purser.app.database.DatabaseSummary;
import dev.purser.app.installation.Installation;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Says in the log where everything is once it can be used, and that a stop was asked for. */
final class StartAndStopMessages {
    private static final Logger log = LoggerFactory.getLogger("Purser");

    private final Version version;
    private final NetworkProperties network;
    private final ListeningPorts ports;
    private final Installation installation;
    private final DatabaseSummary database;

    StartAndStopMessages(
            Version version,
            NetworkProperties network,
            ListeningPorts ports,
            Installation installation,
            DatabaseSummary database) {
        this.version = version;
        this.network = network;
        this.ports = ports;
        this.installation = installation;
        this.database = database;
    }

    @EventListener
    void ready(ApplicationReadyEvent unused) {
        String host = Ports.reachableHost(network.bind().address());
        log.info(
                """
                Purser {} is ready, {} s after its start
                  API          http://{}:{}
                  Gateway      http://{}:{}/v1
                  Health       http://{}:{}/actuator/health
                  Database     {}
                  Payments     {}
                  To stop it   Ctrl-C, or kill {}\
                """,
                version.version(),
                secondsSinceStart(),
                host,
                ports.api(),
                host,
                ports.gateway(),
                Ports.reachableHost(network.management().address()),
                ports.management(),
                database.text(),
                payments(host),
                ProcessHandle.current().pid());
    }

    /** The management port has a context of its own, whose closing is no news. */
    @EventListener
    void stopping(ContextClosedEvent event) {
        ApplicationContext closed = event.getApplicationContext();
        if (closed.getParent() == null) {
            log.info("Stopping: no new requests, those under way are finished");
        }
    }

    private String payments(String host) {
        return switch (installation.payments()) {
            case SANDBOX -> "sandbox (play money), Stripe's API at http://" + host + ":" + ports.sandbox();
            case NONE -> "none (wallets are credited by your backend)";
            case STRIPE -> "Stripe, events at /stripe/webhook";
        };
    }

    private static String secondsSinceStart() {
        return "%.1f".formatted(ManagementFactory.getRuntimeMXBean().getUptime() / 1_000.0);
    }
}
