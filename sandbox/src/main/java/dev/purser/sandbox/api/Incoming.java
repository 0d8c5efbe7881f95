package dev.purser.sandbox.api;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request.
 *
 * @param query still encoded, empty if there is none
 * @param headers by lower-case name
 * @param base the address by which the sandbox was reached, without a slash at the end
 */
public record Incoming(
        String method, String path, String query, Map<String, String> headers, String body, String base) {
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Parameters of the address and of the body. */
    String encodedParams() {
        return query.isEmpty() || body.isEmpty() ? query + body : query + "&" + body;
    }
}
