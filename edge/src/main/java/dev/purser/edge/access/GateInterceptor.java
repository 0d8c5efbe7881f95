package dev.purser.edge.access;

import dev.purser.edge.Caller;
import dev.purser.edge.EdgeRequest;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import dev.purser.projection.access.AccessDirectory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a request through to its handler, or not; runs when the route is known and before the body is read. Thread-safe.
 */
public final class GateInterceptor implements HandlerInterceptor {
    private static final String BEARER = "Bearer ";
    private static final String OPTIONS = "OPTIONS";

    private final Gatekeeper gatekeeper;
    private final Map<Method, Set<Kind>> gates = new ConcurrentHashMap<>();

    /** @param fingerprints all fingerprints a token may be stored under */
    public GateInterceptor(AccessDirectory directory, Function<String, List<String>> fingerprints, Clock clock) {
        this.gatekeeper = new Gatekeeper(directory, fingerprints, clock);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || request.getDispatcherType() != DispatcherType.REQUEST) {
            return true;
        }
        Set<Kind> kinds = gates.computeIfAbsent(method.getMethod(), _ -> gatesOf(method));
        if (kinds.isEmpty()) {
            if (request.getMethod().equals(OPTIONS)) {
                return true;
            }
            // Closed unless said otherwise: what the framework adds on its own is not ours to serve.
            throw new Problem(404, "not_found", "There is no such route");
        }
        String token = token(request);
        Caller caller = gatekeeper.admit(kinds, token, request.getHeader(HttpHeaders.ORIGIN));
        if (caller != null) {
            EdgeRequest.admit(request, caller, token);
        }
        QueryString.requireDecodable(request.getQueryString());
        return true;
    }

    /** Empty when neither the method nor its class names any. */
    static Set<Kind> gatesOf(HandlerMethod handler) {
        Gate gate = gateOn(handler.getMethod());
        if (gate == null) {
            gate = gateOn(handler.getBeanType());
        }
        return gate == null ? Set.of() : Set.of(gate.value());
    }

    private static @Nullable Gate gateOn(AnnotatedElement element) {
        return AnnotatedElementUtils.findMergedAnnotation(element, Gate.class);
    }

    private static @Nullable String token(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            String token = authorization.substring(BEARER.length()).strip();
            if (!token.isEmpty()) {
                return token;
            }
        }
        String key = request.getHeader("x-api-key");
        return key == null || key.isBlank() ? null : key.strip();
    }
}
