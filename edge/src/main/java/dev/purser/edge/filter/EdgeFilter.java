package dev.purser.edge.filter;

import dev.purser.edge.EdgeRequest;
import dev.purser.edge.error.Errors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first filter: gives the request its id (one that comes in is not trusted) and sees to it that whatever escapes
 * from behind it is answered in the contract's shape, never as a page of the container. An answer that has begun cannot be
 * taken back: its connection is cut off, so that nobody takes it for whole.
 */
public final class EdgeFilter extends OncePerRequestFilter {
    public static final String REQUEST_ID_HEADER = "X-Request-Id";
    private static final String MDC_KEY = "requestId";

    private final Supplier<String> requestIds;
    private final Errors errors;

    public EdgeFilter(Supplier<String> requestIds, Errors errors) {
        this.requestIds = requestIds;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = requestIds.get();
        EdgeRequest.identify(request, id);
        response.setHeader(REQUEST_ID_HEADER, id);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (request.getRequestURI().startsWith("/v1/")) {
            response.setHeader("Cache-Control", "no-store");
        }
        MDC.put(MDC_KEY, id);
        try {
            chain.doFilter(request, new NoErrorPages(request, response, errors));
        } catch (ServletException | IOException | RuntimeException | Error thrown) {
            boolean begun = response.isCommitted();
            errors.answer(request, response, thrown);
            if (begun) {
                throw thrown;
            }
        } finally {
            MDC.remove(MDC_KEY);
        }
    }
}
