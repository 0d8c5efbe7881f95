package dev.purser.app.wiring;

import dev.purser.eventstore.LedgerEngine;
import dev.purser.projection.engine.Projections;
import dev.purser.projection.expiry.HoldExpiry;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the ledger before anything is served and closes it after the last request is answered: the writer first, then its
 * followers; the other way round at the end.
 */
final class LedgerLifecycle implements SmartLifecycle {
    /** Far below the web server's phases: started before them, stopped after them. */
    static final int PHASE = 0;

    private final LedgerEngine engine;
    private final Projections projections;
    private final HoldExpiry expiry;
    private final List<OnLedgerOpen> onOpen;
    private volatile boolean running;

    LedgerLifecycle(LedgerEngine engine, Projections projections, HoldExpiry expiry, List<OnLedgerOpen> onOpen) {
        this.engine = engine;
        this.projections = projections;
        this.expiry = expiry;
        this.onOpen = onOpen;
    }

    @Override
    public void start() {
        engine.start();
        projections.start();
        expiry.start();
        onOpen.forEach(OnLedgerOpen::ledgerIsOpen);
        running = true;
    }

    @Override
    public void stop() {
        expiry.stop();
        engine.stop();
        projections.stop();
        running = false;
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
