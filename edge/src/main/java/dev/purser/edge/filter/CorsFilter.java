package dev.purser.edge.filter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * CORS for the routes that browsers call, and for no others. Any origin is let in here, because a preflight carries no
 * token; a project's own list of origins is enforced by the gates. Credentials (cookies) are never allowed.
 */
public final class CorsFilter extends OncePerRequestFilter {
    private static final Set<String> PATHS = Set.of(
            "/v1/sessions/refresh",
            "/v1/config",
            "/v1/models",
            "/v1/chat/completions",
            "/v1/images/generations",
            "/v1/embeddings");
    private static final List<String> ROOTS = List.of("/v1/wallet/", "/v1/requests/");
    private static final String METHODS = "POST, GET, OPTIONS";
    private static final String MAX_AGE_SECONDS = "600";
    private static final String EXPOSED = String.join(
            ", ",
            "X-Request-Id",
            "X-LLMGateway-Cost",
            "Retry-After",
            "Idempotent-Replayed",
            "x-ratelimit-limit-requests",
            "x-ratelimit-limit-tokens",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-remaining-tokens",
            "x-ratelimit-reset-requests",
            "x-ratelimit-reset-tokens");
    private static final Pattern HEADER_NAMES = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z, \\t]{1,4096}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isForBrowsers(request.getRequestURI())) {
            chain.doFilter(CorsUtils.isPreFlightRequest(request) ? new NotAPreflight(request) : request, response);
            return;
        }
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if (CorsUtils.isPreFlightRequest(request)) {
            answerPreflight(request, response);
            return;
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        chain.doFilter(request, response);
    }

    private static void answerPreflight(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        String requested = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (requested != null && HEADER_NAMES.matcher(requested).matches()) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, requested);
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static boolean isForBrowsers(String path) {
        return PATHS.contains(path)
                || ROOTS.stream().anyMatch(root -> path.startsWith(root) && path.length() > root.length());
    }

    /** A preflight to a route without CORS is an ordinary OPTIONS: Spring would answer it with a shape of its own. */
    private static final class NotAPreflight extends HttpServletRequestWrapper {
        NotAPreflight(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) ? null : super.getHeader(name);
        }
    }
}
