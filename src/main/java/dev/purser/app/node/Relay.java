package dev.purser.app.node;

import dev.purser.app.node.Reply.Answer;
import dev.purser.app.node.Reply.Lost;
import dev.purser.app.node.Reply.NotSent;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.edge.EdgeRequest;
import dev.purser.edge.Problem;
import dev.purser.edge.error.DecidedElsewhere;
import dev.purser.edge.error.RouteFamilies;
import dev.purser.edge.error.RouteFamily;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Brings every request for a change to the node that leads, body, headers and all, and its answer back. Requests of the
 * gateway are answered on every node: theirs are only the commands that {@link ForwardingLedger} sends.
 *
 * <p>A request that certainly changed nothing is tried again for as long as {@code leadWait}. One whose answer is missing is
 * repeated when it has an idempotency key; without one its outcome is unknown, and the client is told so. Bodies of
 * relayed requests take at most 64 MiB together; beyond, a request is refused with 503.
 */
final class Relay extends OncePerRequestFilter {
    static final String REQUEST_ID = "Purser-Request-Id";

    /** Marks a request that came in by the internal port. */
    static final String FROM_NODE = Relay.class.getName() + ".fromNode";

    private static final Set<String> CHANGES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final int MAX_BYTES_AT_ONCE = 64 << 20;

    /** As long as a request may wait for another with the same idempotency key, and some. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    /** Between two hops only, or made anew for the next one. */
    private static final Set<String> NOT_RELAYED = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "purser-node",
            "purser-request-id");

    private final RouteFamilies families;
    private final WhoLeads leads;
    private final NodeClient client;
    private final Duration leadWait;
    private final Semaphore bytes = new Semaphore(MAX_BYTES_AT_ONCE);

    Relay(RouteFamilies families, WhoLeads leads, NodeClient client, Duration leadWait) {
        this.families = families;
        this.leads = leads;
        this.client = client;
        this.leadWait = leadWait;
    }

    /** Whether a request is one for the node that leads. */
    static boolean isRelayed(RouteFamilies families, HttpServletRequest request) {
        return CHANGES.contains(request.getMethod()) && families.of(request) == RouteFamily.API;
    }

    /** An answer that may turn out to be another node's. */
    @FunctionalInterface
    interface Answering {
        void run() throws ServletException, IOException;
    }

    /** False when this node lost the lead on the way, before anything was decided. */
    static boolean isDecidedHere(Answering answering) throws ServletException, IOException {
        try {
            answering.run();
            return true;
        } catch (DecidedElsewhere e) {
            return false;
        } catch (ServletException e) {
            if (e.getCause() instanceof DecidedElsewhere) {
                return false;
            }
            throw e;
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // What another node has relayed is answered here or not at all.
        return request.getAttribute(FROM_NODE) != null || !isRelayed(families, request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RepeatableRequest repeatable = new RepeatableRequest(request);
        Patience patience = new Patience(leads, leadWait);
        boolean hasKey = request.getHeader("Idempotency-Key") != null;
        boolean inDoubt = false;
        Throwable why = new IOException("no node leads");
        int reserved = 0;
        try {
            do {
                if (leads.isLeading()) {
                    if (isDecidedHere(() -> chain.doFilter(repeatable, response))) {
                        return;
                    }
                    continue;
                }
                Lead lead = leads.otherLead().orElse(null);
                if (lead == null) {
                    continue;
                }
                reserved = reserved == 0 ? reserve(request) : reserved;
                HttpRequest relayed = relayed(lead, repeatable);
                if (relayed == null) {
                    chain.doFilter(repeatable, response);
                    return;
                }
                switch (client.exchange(relayed, ANSWER_TIMEOUT, () -> leads.isOver(lead), hasKey)) {
                    case Answer answer
                    when answer.status() != InternalRoutes.NOT_LEADING -> {
                        write(answer, response);
                        return;
                    }
                    case Answer _ -> why = new IOException("the node at " + lead.address() + " does not lead");
                    case NotSent(Throwable cause) -> why = cause;
                    case Lost(Throwable cause) -> {
                        why = cause;
                        inDoubt = true;
                        if (!hasKey) {
                            throw unavailable(why, true);
                        }
                    }
                }
            } while (patience.outlasts());
            throw unavailable(why, inDoubt);
        } finally {
            bytes.release(reserved);
        }
    }

    private int reserve(HttpServletRequest request) {
        long announced = request.getContentLengthLong();
        int wanted = announced < 0
                ? RepeatableRequest.MAX_BODY_BYTES
                : (int) Math.min(announced + 1, RepeatableRequest.MAX_BODY_BYTES);
        if (!bytes.tryAcquire(wanted)) {
            throw new Problem(
                    503,
                    "unavailable",
                    "This node relays too many requests at once; try again a little later",
                    List.of(),
                    Map.of(HttpHeaders.RETRY_AFTER, "1"));
        }
        return wanted;
    }

    /** Null for an address that no client could send: it is refused here, after the gates, as it would be there. */
    private @Nullable HttpRequest relayed(Lead lead, RepeatableRequest request) {
        String query = request.getQueryString();
        HttpRequest.Builder relayed;
        try {
            relayed = client.request(lead.address(), request.getRequestURI() + (query == null ? "" : "?" + query));
        } catch (IllegalArgumentException e) {
            return null;
        }
        for (String name : Collections.list(request.getHeaderNames())) {
            if (!NOT_RELAYED.contains(name.toLowerCase(Locale.ROOT))) {
                Collections.list(request.getHeaders(name)).forEach(value -> relayed.header(name, asVisibleText(value)));
            }
        }
        byte[] body = request.body();
        return relayed.setHeader(REQUEST_ID, EdgeRequest.id(request))
                .method(
                        request.getMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /** No header that means anything here has other characters; what a client makes of them stays as wrong as it was. */
    private static String asVisibleText(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 127) ? value : value.replaceAll("[^ -~]", " ?");
    }

    /** What this node's own filters have set, the request's id and CORS, is there already. */
    private static void write(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_RELAYED.contains(name.toLowerCase(Locale.ROOT)) && !response.containsHeader(name)) {
                values.forEach(value -> response.addHeader(name, value));
            }
        });
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static LedgerUnavailable unavailable(Throwable why, boolean inDoubt) {
        return inDoubt
                ? new LedgerUnavailable("it is not known whether the request changed anything", false, why)
                : new LedgerUnavailable("no node leads that could be reached", true, why);
    }
}
