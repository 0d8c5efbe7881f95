package dev.purser.sandbox.payment;

import dev.purser.sandbox.api.Routes;

/** All routes of this package. */
public final class Payments {
    private Payments() {}

    public static void addTo(Routes routes) {
        Customers.addTo(routes);
        PaymentMethods.addTo(routes);
        PaymentIntents.addTo(routes);
        Charges.addTo(routes);
        Refunds.addTo(routes);
        Disputes.addTo(routes);
        Balances.addTo(routes);
    }
}
