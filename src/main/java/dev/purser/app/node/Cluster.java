package dev.purser.app.node;

import dev.purser.app.node.Leadership.ConnectionSource;
import dev.purser.domain.Ledger;
import dev.purser.edge.error.RouteFamilies;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as one of several on the same database: the ledger that it sees, and the filters that connect its ports with
 * the others'. Started before its engine, closed after it. Thread-safe.
 */
public final class Cluster implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Cluster.class);

    /** A start that finds no leader is not worth going on with after so long. */
    private static final Duration FIRST_LEADER_WITHIN = Duration.ofSeconds(30);

    private final NodeSecret secret;
    private final NodeClient client;
    private final Leadership leadership;
    private final InternalRoutes routes;
    private final Ledger ledger;
    private final Duration leadWait;

    /**
     * A node that is not known to the others yet.
     *
     * @param connections opens connections with short timeouts, apart from the pool
     * @param engineLeads whether the engine of this process handles commands now
     * @param local decides commands here; what it throws with a known outcome was not stored
     * @param leadWait how long a command or request waits for a node that leads
     */
    public Cluster(
            Node self,
            NodeSecret secret,
            ConnectionSource connections,
            BooleanSupplier engineLeads,
            Ledger local,
            Duration leadWait) {
        this.secret = secret;
        this.client = new NodeClient(secret);
        this.leadership = new Leadership(self, connections, engineLeads, client);
        this.routes = new InternalRoutes(local, leadership);
        this.ledger = new ForwardingLedger(local, leadership, client, leadWait);
        this.leadWait = leadWait;
    }

    /** Decides commands wherever the lead is. */
    public Ledger ledger() {
        return ledger;
    }

    /** Who leads. */
    public Leadership leadership() {
        return leadership;
    }

    /** The filter of the internal port. */
    public Filter internalPort(IntPredicate internalPort, RouteFamilies families) {
        return new InternalPort(internalPort, secret, routes, families, leadership);
    }

    /** The filter of the public ports; behind the one that gives requests their ids. */
    public Filter relay(RouteFamilies families) {
        return new Relay(families, leadership, client, leadWait);
    }

    /** Makes the node known to the others; before its engine may take the lead. */
    public void start() {
        leadership.start();
    }

    /** Waits, once the engine runs, for the first news of a leader, be it this node. */
    public void awaitLeader() {
        if (!leadership.awaitLeader(FIRST_LEADER_WITHIN)) {
            log.warn("no node leads after {}", FIRST_LEADER_WITHIN);
        }
    }

    @Override
    public void close() {
        leadership.close();
        client.close();
    }
}
