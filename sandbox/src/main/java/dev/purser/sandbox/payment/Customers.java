package dev.purser.sandbox.payment;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Listing;
import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.store.Ids;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Work;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Customers. A deleted one leaves its id and nothing else, as by Stripe. */
final class Customers {
    private static final int MAX_EMAIL = 512;

    private Customers() {}

    static void addTo(Routes routes) {
        routes.post("/v1/customers", Customers::create)
                .get("/v1/customers", Customers::list)
                .get("/v1/customers/{id}", call -> Work.view(call.addressed(Kind.CUSTOMER)))
                .post("/v1/customers/{id}", Customers::update)
                .delete("/v1/customers/{id}", Customers::delete);
    }

    private static ObjectNode create(Call call) {
        ObjectNode customer = call.work().create(Kind.CUSTOMER);
        customer.put("invoice_prefix", Ids.random(8).toUpperCase(Locale.ROOT));
        fill(call.params(), customer);
        call.work().put(customer);
        call.work().emit("customer.created", customer);
        return Work.view(customer);
    }

    private static ObjectNode list(Call call) {
        return Listing.page(call, Kind.CUSTOMER, "/v1/customers", stored -> !Json.flag(stored.read(), "deleted"));
    }

    private static ObjectNode update(Call call) {
        ObjectNode customer = living(call.addressed(Kind.CUSTOMER));
        fill(call.params(), customer);
        call.work().put(customer);
        call.work().emit("customer.updated", customer);
        return Work.view(customer);
    }

    private static ObjectNode delete(Call call) {
        ObjectNode customer = living(call.addressed(Kind.CUSTOMER));
        call.work().emit("customer.deleted", customer);
        ObjectNode left = customer.deepCopy();
        for (String field : customer.propertyNames()) {
            if (!field.equals("id") && !field.equals("object") && !field.startsWith("_")) {
                left.remove(field);
            }
        }
        left.put("deleted", true);
        call.work().put(left);
        return Work.view(left);
    }

    private static void fill(Params params, ObjectNode customer) {
        String email = params.text("email");
        if (email != null && (email.length() > MAX_EMAIL || !email.matches("[^@\\s]+@[^@\\s]+"))) {
            throw StripeError.invalid("email_invalid", "email", "Invalid email address: " + email);
        }
        params.copyTo(customer, "email", "name", "phone", "description");
        params.mergeMetadata(customer);
        for (String structure : new String[] {"address", "shipping"}) {
            if (params.has(structure)) {
                customer.set(structure, params.map(structure).anything());
            }
        }
    }

    /** A customer that may be used. */
    static ObjectNode living(ObjectNode customer) {
        if (Json.flag(customer, "deleted")) {
            throw StripeError.invalid(
                    "resource_missing", "customer", "No such customer: '" + Json.text(customer, "id") + "'");
        }
        return customer;
    }
}
