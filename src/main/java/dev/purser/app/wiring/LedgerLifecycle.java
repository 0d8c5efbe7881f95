package dev.purser.app.wiring;

import dev.purser.app.node.Cluster;
import dev.purser.eventstore.LedgerEngine;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.expiry.HoldExpiry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Opens the ledger before anything is served and closes it after the last request is answered: the writer first, then its
 * followers; the other way round at the end.
 */
final class LedgerLifecycle implements SmartLifecycle {
    /** Far below the web server's phases: started before them, stopped after them. */
    static final int PHASE = 0;

    private final LedgerEngine engine;
    private final @Nullable Cluster cluster;
    private final Projections projections;
    private final HoldExpiry expiry;
    private final List<OnLedgerOpen> onOpen;
    private volatile boolean running;
    private boolean engineStopped;

    LedgerLifecycle(
            LedgerEngine engine,
            @Nullable Cluster cluster,
            Projections projections,
            HoldExpiry expiry,
            List<OnLedgerOpen> onOpen) {
        this.engine = engine;
        this.cluster = cluster;
        this.projections = projections;
        this.expiry = expiry;
        this.onOpen = onOpen;
    }

    @Override
    public void start() {
        if (cluster != null) {
            cluster.start();
        }
        engine.start();
        projections.start();
        if (cluster != null) {
            cluster.awaitLeader();
        }
        expiry.start();
        onOpen.forEach(OnLedgerOpen::ledgerIsOpen);
        running = true;
    }

    /** Of several nodes another leads from here on, while this one still finishes what is under way. */
    @EventListener
    void stopping(ContextClosedEvent event) {
        boolean wholeProcess = event.getApplicationContext().getParent() == null;
        if (wholeProcess && running && cluster != null && cluster.leadership().stepDown()) {
            stopEngine();
        }
    }

    @Override
    public void stop() {
        expiry.stop();
        stopEngine();
        projections.stop();
        if (cluster != null) {
            cluster.close();
        }
        running = false;
    }

    private void stopEngine() {
        if (!engineStopped) {
            engineStopped = true;
            engine.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
