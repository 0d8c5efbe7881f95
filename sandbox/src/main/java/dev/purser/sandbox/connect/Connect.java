package dev.purser.sandbox.connect;

import dev.purser.sandbox.api.Routes;

/** All routes of this package. */
public final class Connect {
    private Connect() {}

    public static void addTo(Routes routes) {
        Accounts.addTo(routes);
        AccountLinks.addTo(routes);
        Transfers.addTo(routes);
    }
}
