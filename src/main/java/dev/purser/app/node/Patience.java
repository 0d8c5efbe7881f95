package dev.purser.app.node;

import java.time.Duration;

/** How long somebody goes on trying to reach a node that leads: from the first try in vain. Not thread-safe. */
final class Patience {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final WhoLeads leads;
    private final Duration atMost;
    private long end;
    private boolean begun;

    Patience(WhoLeads leads, Duration atMost) {
        this.leads = leads;
        this.atMost = atMost;
    }

    /** Waits for news of who leads; false when patience is at an end. */
    boolean outlasts() {
        long now = System.nanoTime();
        if (!begun) {
            begun = true;
            end = now + atMost.toNanos();
        }
        if (now - end >= 0 || Thread.currentThread().isInterrupted()) {
            return false;
        }
        leads.awaitNews(PAUSE);
        return true;
    }
}
