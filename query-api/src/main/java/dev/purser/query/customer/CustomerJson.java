package dev.purser.query.customer;

import dev.purser.edge.wire.Times;
import dev.purser.projection.customer.CustomerDetails;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer on the wire. */
final class CustomerJson {
    private CustomerJson() {}

    static Map<String, @Nullable Object> customer(CustomerDetails customer) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", customer.id().value());
        json.put("externalId", customer.externalId());
        json.put("email", customer.email());
        json.put("name", customer.name());
        json.put("status", customer.status().wireName());
        json.put("createdAt", Times.iso(customer.createdAt()));
        json.put("wallet", wallet(customer));
        json.put("lifetimeSpend", customer.lifetimeSpend().toString());
        json.put("lifetimeToppedUp", customer.lifetimeToppedUp().toString());
        return json;
    }

    private static Map<String, @Nullable Object> wallet(CustomerDetails customer) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", customer.walletId().value());
        json.put("balance", customer.balance().toString());
        json.put("currency", "USD");
        json.put("status", customer.walletFrozen() ? "frozen" : "active");
        return json;
    }
}
