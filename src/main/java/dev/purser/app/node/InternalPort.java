package dev.purser.app.node;

import dev.purser.edge.EdgeRequest;
import dev.purser.edge.Problem;
import dev.purser.edge.error.RouteFamilies;
import dev.purser.edge.filter.EdgeFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The door between nodes. What comes in by the internal port shows the installation's secret before anything of it is
 * read, and is a route of the nodes' own or a request that another node relays; nothing else is served there.
 */
final class InternalPort extends OncePerRequestFilter {
    private final IntPredicate internalPort;
    private final NodeSecret secret;
    private final InternalRoutes routes;
    private final RouteFamilies families;
    private final Leadership leadership;

    /** @param internalPort whether a local port is the internal one */
    InternalPort(
            IntPredicate internalPort,
            NodeSecret secret,
            InternalRoutes routes,
            RouteFamilies families,
            Leadership leadership) {
        this.internalPort = internalPort;
        this.secret = secret;
        this.routes = routes;
        this.families = families;
        this.leadership = leadership;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !internalPort.test(request.getLocalPort());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!secret.accepts(request.getHeader(NodeSecret.HEADER))) {
            throw new Problem(401, "invalid_token", "This port is for the other nodes of this installation");
        }
        String requestId = request.getHeader(Relay.REQUEST_ID);
        if (requestId == null || !Relay.isRelayed(families, request)) {
            if (!routes.answer(request, response)) {
                throw Problem.notFound("route");
            }
            return;
        }
        request.setAttribute(Relay.FROM_NODE, true);
        EdgeRequest.identify(request, requestId);
        response.setHeader(EdgeFilter.REQUEST_ID_HEADER, requestId);
        try (MDC.MDCCloseable _ = MDC.putCloseable("requestId", requestId)) {
            answerRelayed(request, response, chain);
        }
    }

    private void answerRelayed(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!leadership.isLeading() || !Relay.isDecidedHere(() -> chain.doFilter(request, response))) {
            response.setStatus(InternalRoutes.NOT_LEADING);
        }
    }
}
