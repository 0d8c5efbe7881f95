package dev.purser.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.purser.sandbox.api.Api;
import dev.purser.sandbox.api.Incoming;
import dev.purser.sandbox.api.Outgoing;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.control.Switchboard;
import dev.purser.sandbox.page.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes HTTP requests apart, has them answered, and loses what shall be lost. */
final class Front implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final int MAX_BODY = 1 << 20;
    private static final String ANY_ORIGIN = "*";

    private final Api api;
    private final Switchboard switchboard;
    private final Pages pages;
    private final @Nullable String publicUrl;

    Front(Api api, Switchboard switchboard, Pages pages, @Nullable String publicUrl) {
        this.api = api;
        this.switchboard = switchboard;
        this.pages = pages;
        this.publicUrl = publicUrl;
    }

    /** An exchange that is closed before it is answered cuts the connection. */
    @Override
    public void handle(HttpExchange exchange) {
        try (exchange) {
            Incoming request = read(exchange);
            Outgoing answer = request == null
                    ? Outgoing.json(
                            413,
                            StripeError.withStatus(413, null, "The body is larger than " + MAX_BODY + " bytes.")
                                    .body())
                    : answer(request);
            if (answer != null) {
                send(exchange, answer);
            }
        } catch (IOException e) {
            LOG.debug("A client went away", e);
        }
    }

    private @Nullable Outgoing answer(Incoming request) {
        try {
            return route(request);
        } catch (RuntimeException bug) {
            LOG.error("{} {} failed", request.method(), request.path(), bug);
            return Outgoing.json(
                    500,
                    StripeError.server(500, "The sandbox failed; its log says why.")
                            .body());
        }
    }

    /** Null when the answer is to be lost. */
    private @Nullable Outgoing route(Incoming request) {
        if (!request.path().startsWith("/v1/")) {
            Outgoing own = switchboard.answer(request);
            Outgoing page = own == null ? pages.answer(request) : own;
            return page == null ? api.answer(request, () -> {}) : page;
        }
        if (request.method().equals("OPTIONS")) {
            return preflight();
        }
        Switchboard.Trouble trouble = switchboard.trouble(request);
        if (trouble.losesRequest()) {
            return null;
        }
        Outgoing failure = trouble.failure();
        Outgoing answer = failure == null ? api.answer(request, trouble::delay) : failure;
        return trouble.losesAnswer()
                ? null
                : answer.with("Access-Control-Allow-Origin", ANY_ORIGIN)
                        .with("Access-Control-Expose-Headers", "Request-Id, Stripe-Version, Idempotent-Replayed");
    }

    /** Browsers may call from any page: what they may do hangs on the keys that they bring, never on cookies. */
    private static Outgoing preflight() {
        return new Outgoing(
                204,
                Map.of(
                        "Access-Control-Allow-Origin",
                        ANY_ORIGIN,
                        "Access-Control-Allow-Methods",
                        "GET, POST, DELETE",
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, Idempotency-Key, Stripe-Version",
                        "Access-Control-Max-Age",
                        "600"),
                new byte[0]);
    }

    /** Null when the body is too large. */
    private @Nullable Incoming read(HttpExchange exchange) throws IOException {
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(MAX_BODY + 1);
        }
        if (body.length > MAX_BODY) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String query = exchange.getRequestURI().getRawQuery();
        return new Incoming(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query == null ? "" : query,
                headers,
                new String(body, StandardCharsets.UTF_8),
                publicUrl == null ? "http://" + headers.get("host") : publicUrl);
    }

    private static void send(HttpExchange exchange, Outgoing answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean empty = answer.body().length == 0;
        exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
        if (!empty) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.body());
            }
        }
    }
}
