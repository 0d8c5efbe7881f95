package dev.purser.sandbox.event;

import dev.purser.sandbox.api.Call;
import dev.purser.sandbox.api.Listing;
import dev.purser.sandbox.api.Routes;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Work;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What happened, also for those whom no webhook reached. */
public final class Events {
    private static final int MAX_TYPES = 20;

    private Events() {}

    public static void addTo(Routes routes) {
        routes.get("/v1/events", Events::list).get("/v1/events/{id}", call -> Work.view(call.addressed(Kind.EVENT)));
    }

    private static ObjectNode list(Call call) {
        List<String> types = call.params().texts("types");
        if (types.size() > MAX_TYPES) {
            throw StripeError.invalid(null, "types", "At most " + MAX_TYPES + " types may be asked for.");
        }
        return Listing.page(call, Kind.EVENT, "/v1/events", Listing.types(types));
    }
}
