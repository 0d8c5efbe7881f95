package dev.purser.sandbox.api;

import dev.purser.sandbox.store.Mode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The API keys, and how they are read from a request. */
public final class Keys {
    private static final int SHOWN = 4;
    private static final Pattern KIND = Pattern.compile("[a-z]{2}_(test|live)_");

    private final Map<String, Caller> callers;

    public Keys(Map<String, Caller> callers) {
        this.callers = Map.copyOf(callers);
    }

    /** Whoever knows the secret address of a page. */
    public static Caller sandbox(Mode mode) {
        return new Caller(mode, true);
    }

    /**
     * @param authorization the header
     * @param parameter a publishable key among the parameters, as browsers send it
     */
    Caller authenticate(@Nullable String authorization, @Nullable String parameter) {
        String key = authorization == null ? parameter : fromHeader(authorization);
        if (key == null || key.isEmpty()) {
            throw StripeError.withStatus(
                    401,
                    null,
                    "You did not provide an API key. You need to provide your API key in the Authorization header,"
                            + " using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
        }
        Caller caller = callers.get(key);
        if (caller == null) {
            throw StripeError.withStatus(401, null, "Invalid API Key provided: " + masked(key));
        }
        if (authorization == null && caller.secret()) {
            throw StripeError.withStatus(401, null, "A secret key belongs in the Authorization header.");
        }
        return caller;
    }

    private static @Nullable String fromHeader(String authorization) {
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).strip();
        }
        if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String pair = new String(
                        Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                return colon < 0 ? pair : pair.substring(0, colon);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return null;
    }

    private static String masked(String key) {
        Matcher kind = KIND.matcher(key);
        String prefix = kind.lookingAt() ? kind.group() : "";
        String tail = key.length() - prefix.length() > 2 * SHOWN ? key.substring(key.length() - SHOWN) : "";
        return prefix + "*".repeat(2 * SHOWN) + tail;
    }
}
