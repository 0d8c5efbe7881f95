package dev.purser.sandbox.api;

import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Work;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request to a route.
 *
 * @param segments the parts of the path that the route leaves open, in order
 * @param base the address by which the sandbox was reached, without a slash at the end
 */
public record Call(Caller caller, Work work, Params params, List<String> segments, String base) {
    public Instant now() {
        return work.now();
    }

    /** The first open part of the path. */
    public String id() {
        return segments.getFirst();
    }

    /** The object that the path names. */
    public ObjectNode addressed(Kind kind) {
        return require(kind, id(), "id", 404);
    }

    /** The object that a parameter names. */
    public ObjectNode named(Kind kind, String param) {
        return require(kind, params.requiredText(param), params.name(param), 400);
    }

    public @Nullable ObjectNode namedIfGiven(Kind kind, String param) {
        String id = params.text(param);
        return id == null ? null : require(kind, id, params.name(param), 400);
    }

    /** An object that another one refers to. */
    public ObjectNode referred(Kind kind, @Nullable String id) {
        ObjectNode object = id == null ? null : work.find(kind, id);
        if (object == null) {
            throw new IllegalStateException("No " + kind + " " + id);
        }
        return object;
    }

    private ObjectNode require(Kind kind, String id, String param, int status) {
        ObjectNode object = work.find(kind, id);
        if (object == null) {
            throw missing(kind, id, param, status);
        }
        return object;
    }

    /** Stripe answers 404 where the path names it, and 400 where a parameter does. */
    public StripeError missing(Kind kind, String id, String param, int status) {
        String mine = work.mode().word();
        String hint = work.isInTheOtherMode(kind, id)
                ? "; a similar object exists in " + work.mode().other().word() + " mode, but a " + mine
                        + " mode key was used to make this request."
                : "";
        return StripeError.withStatus(status, "resource_missing", "No such " + kind.noun() + ": '" + id + "'" + hint)
                .with("param", param);
    }
}
