package dev.purser.sandbox.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The routes of the API; a part of a path in braces is open. */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** Does the work of a route inside the one transaction of its request. */
    @FunctionalInterface
    public interface Handler {
        ObjectNode handle(Call call);
    }

    record Route(String method, List<String> path, boolean publishable, Handler handler) {
        /** The open parts, or null if this is another path. */
        @Nullable
        List<String> match(List<String> segments) {
            if (segments.size() != path.size()) {
                return null;
            }
            List<String> open = new ArrayList<>();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (path.get(i).startsWith("{")) {
                    open.add(segment);
                } else if (!path.get(i).equals(segment)) {
                    return null;
                }
            }
            return open;
        }
    }

    record Match(Route route, List<String> segments) {}

    public Routes get(String path, Handler handler) {
        return add("GET", path, false, handler);
    }

    public Routes post(String path, Handler handler) {
        return add("POST", path, false, handler);
    }

    public Routes delete(String path, Handler handler) {
        return add("DELETE", path, false, handler);
    }

    /** A publishable key will do. */
    public Routes openGet(String path, Handler handler) {
        return add("GET", path, true, handler);
    }

    /** A publishable key will do. */
    public Routes openPost(String path, Handler handler) {
        return add("POST", path, true, handler);
    }

    private Routes add(String method, String path, boolean publishable, Handler handler) {
        routes.add(new Route(method, split(path), publishable, handler));
        return this;
    }

    Match find(String method, String path) {
        List<String> segments = split(path);
        for (Route route : routes) {
            List<String> open = route.method().equals(method) ? route.match(segments) : null;
            if (open != null) {
                return new Match(route, open);
            }
        }
        throw StripeError.withStatus(
                404,
                "url_invalid",
                "Unrecognized request URL (" + method + ": " + path
                        + "). The sandbox speaks a part of Stripe's API: see" + " docs/sandbox.md.");
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
