package dev.purser.edge.error;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.IntPredicate;

/** Tells the family of a route by its path; a path that neither family knows has that of the port it came in on. */
public final class RouteFamilies {
    private static final List<String> OFFERED =
            List.of("/v1/chat/completions", "/v1/embeddings", "/v1/images/generations", "/v1/models");
    private static final List<String> OPENAI = List.of(
            "/v1/chat",
            "/v1/images",
            "/v1/embeddings",
            "/v1/models",
            "/v1/assistants",
            "/v1/audio",
            "/v1/batches",
            "/v1/chatkit",
            "/v1/completions",
            "/v1/containers",
            "/v1/conversations",
            "/v1/edits",
            "/v1/engines",
            "/v1/evals",
            "/v1/files",
            "/v1/fine-tunes",
            "/v1/fine_tuning",
            "/v1/moderations",
            "/v1/organization",
            "/v1/projects",
            "/v1/realtime",
            "/v1/responses",
            "/v1/threads",
            "/v1/uploads",
            "/v1/vector_stores",
            "/v1/videos");
    private static final List<String> API = List.of(
            "/v1/admin",
            "/v1/analytics",
            "/v1/audit",
            "/v1/config",
            "/v1/connect",
            "/v1/customers",
            "/v1/holds",
            "/v1/margin",
            "/v1/requests",
            "/v1/sessions",
            "/v1/version",
            "/v1/wallet",
            "/v1/wallets",
            "/v1/webhooks",
            "/stripe");

    private final IntPredicate gatewayPort;

    /** @param gatewayPort whether a local port is that of the gateway */
    public RouteFamilies(IntPredicate gatewayPort) {
        this.gatewayPort = gatewayPort;
    }

    public RouteFamily of(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (isUnderAny(OPENAI, path)) {
            return RouteFamily.OPENAI;
        }
        if (isUnderAny(API, path)) {
            return RouteFamily.API;
        }
        return gatewayPort.test(request.getLocalPort()) ? RouteFamily.OPENAI : RouteFamily.API;
    }

    /** A route of OpenAI's API that Purser does not have. */
    static boolean isKnownButNotOffered(String path) {
        return isUnderAny(OPENAI, path) && OFFERED.stream().noneMatch(path::equals);
    }

    static String offered() {
        return String.join(", ", OFFERED);
    }

    private static boolean isUnderAny(List<String> roots, String path) {
        return roots.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }
}
