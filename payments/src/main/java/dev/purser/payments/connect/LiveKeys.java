package dev.purser.payments.connect;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.edge.Caller;
import dev.purser.edge.Problem;

/** Margin is paid out of the live world only. */
public final class LiveKeys {
    private LiveKeys() {}

    /** A test key is a 403. */
    public static OrganizationId require(Caller.Backend caller) {
        if (caller.access().mode() != Mode.LIVE) {
            throw new Problem(403, "live_key_required", "Payouts take a live key: test margin is never paid out");
        }
        return caller.access().organizationId();
    }
}
