package dev.purser.app.wiring;

import dev.purser.domain.Ledger.Cause;
import dev.purser.gateway.Gateway;
import org.springframework.context.SmartLifecycle;

/** Lets calls under way finish first of all at a stop, while the web server still carries their answers. */
final class GatewayLifecycle implements SmartLifecycle, OnLedgerOpen {
    private static final Cause START = new Cause("start", "");

    private final Gateway gateway;
    private volatile boolean running;

    GatewayLifecycle(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Puts the prices on record: no call may be priced before. */
    @Override
    public void ledgerIsOpen() {
        gateway.start(START);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        gateway.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
