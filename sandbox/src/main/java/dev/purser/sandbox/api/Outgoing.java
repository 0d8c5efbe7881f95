package dev.purser.sandbox.api;

import dev.purser.sandbox.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An HTTP response. */
public record Outgoing(int status, Map<String, String> headers, byte[] body) {
    private static final String TYPE = "Content-Type";

    public static Outgoing json(int status, JsonNode body) {
        return new Outgoing(status, Map.of(TYPE, "application/json"), Json.bytes(body));
    }

    static Outgoing json(int status, byte[] body) {
        return new Outgoing(status, Map.of(TYPE, "application/json"), body);
    }

    /** A page that may run no script and load nothing. */
    public static Outgoing html(int status, String page) {
        return new Outgoing(
                status,
                Map.of(
                        TYPE,
                        "text/html; charset=utf-8",
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
                        "Referrer-Policy",
                        "no-referrer",
                        "Cache-Control",
                        "no-store"),
                page.getBytes(StandardCharsets.UTF_8));
    }

    /** Goes on with a GET there. */
    public static Outgoing redirect(String location) {
        return new Outgoing(303, Map.of("Location", location), new byte[0]);
    }

    public Outgoing with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Outgoing(status, more, body);
    }
}
