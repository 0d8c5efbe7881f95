package dev.purser.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the edge knows about a request: its id, and after the gates its caller. */
public final class EdgeRequest {
    private static final String ID = EdgeRequest.class.getName() + ".id";
    private static final String CALLER = EdgeRequest.class.getName() + ".caller";
    private static final String TOKEN = EdgeRequest.class.getName() + ".token";

    private EdgeRequest() {}

    /** Also in the header {@code X-Request-Id} of the answer, in the logs and in the events caused. */
    public static String id(HttpServletRequest request) {
        return request.getAttribute(ID) instanceof String id ? id : "unknown";
    }

    /** Empty before the gates, and on a public route without a valid token. */
    public static Optional<Caller> caller(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(CALLER));
    }

    /** The token the caller presented; never write it anywhere. */
    public static Optional<String> token(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(TOKEN));
    }

    public static void identify(HttpServletRequest request, String id) {
        request.setAttribute(ID, id);
    }

    public static void admit(HttpServletRequest request, Caller caller, @Nullable String token) {
        request.setAttribute(CALLER, caller);
        request.setAttribute(TOKEN, token);
    }
}
