package dev.purser.gateway.upstream;

import dev.purser.gateway.catalogue.Provider;
import dev.purser.gateway.upstream.UpstreamFailure.Kind;
import dev.purser.gateway.upstream.UpstreamFailure.Remedy;
import dev.purser.gateway.wire.WireJson;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Turns a provider's refusal into one that our client may see. */
public final class UpstreamFailures {
    private static final Logger log = LoggerFactory.getLogger(UpstreamFailures.class);
    private static final int MAX_MESSAGE = 500;
    private static final int MAX_RETRY_AFTER_SECONDS = 3_600;
    private static final Pattern SECRETS = Pattern.compile("(?i)\\b(sk|key|org|proj|gsk|xai)[-_][A-Za-z0-9_*-]{6,}");
    private static final Pattern PLACES = Pattern.compile("(?i)https?://\\S+|\\b\\d{1,3}(\\.\\d{1,3}){3}(:\\d+)?\\b");

    private UpstreamFailures() {}

    static UpstreamFailure of(
            Provider provider, int status, Optional<String> retryAfter, byte[] body, Optional<String> apiKey) {
        OptionalInt wait = seconds(retryAfter);
        return switch (status) {
            case 400, 413, 422 ->
                new UpstreamFailure(
                        Kind.BAD_REQUEST, "The provider refused the request: " + message(provider, body, apiKey));
            case 408, 504 -> new UpstreamFailure(Kind.TIMEOUT, "The provider took too long.");
            case 429 -> new UpstreamFailure(Kind.RATE_LIMITED, "The provider is limiting requests; try later.", wait);
            case 503, 529 -> new UpstreamFailure(Kind.UNAVAILABLE, "The provider is overloaded; try later.", wait);
            case 401, 402, 403, 404 -> {
                log.warn("provider {} answered {}: check its API key, base URL and model names", provider.id(), status);
                yield new UpstreamFailure(Kind.BROKEN, "The provider did not accept the gateway's call.");
            }
            default -> {
                log.warn("provider {} answered {}", provider.id(), status);
                yield new UpstreamFailure(
                        Kind.BROKEN, "The provider failed.", status >= 500 ? Remedy.RETRY : Remedy.OTHER_PROVIDER);
            }
        };
    }

    /** An error that arrived as a frame, or with status 200. */
    public static UpstreamFailure inAnswer(JsonNode error) {
        int status = error.path("code").asInt(error.path("status").asInt(0));
        String type = error.path("type").asString("") + " " + error.path("code").asString("");
        if (status == 429 || type.contains("rate_limit")) {
            return new UpstreamFailure(Kind.RATE_LIMITED, "The provider is limiting requests; try later.");
        }
        if (status == 503 || type.contains("overloaded")) {
            return new UpstreamFailure(Kind.UNAVAILABLE, "The provider is overloaded; try later.");
        }
        return new UpstreamFailure(Kind.BROKEN, "The provider failed.");
    }

    private static OptionalInt seconds(Optional<String> retryAfter) {
        String text = retryAfter.map(String::strip).orElse("");
        return text.matches("[0-9]{1,6}(\\.[0-9]{1,9})?")
                ? OptionalInt.of((int) Math.min(Math.ceil(Double.parseDouble(text)), MAX_RETRY_AFTER_SECONDS))
                : OptionalInt.empty();
    }

    private static String message(Provider provider, byte[] body, Optional<String> apiKey) {
        String text = said(body);
        if (text == null || text.isBlank()) {
            return "it gave no reason.";
        }
        URI baseUrl = provider.baseUrl();
        if (apiKey.isPresent()) {
            text = text.replace(apiKey.get(), "…");
        }
        if (baseUrl != null && baseUrl.getHost() != null) {
            text = text.replace(baseUrl.getHost(), "…");
        }
        text = PLACES.matcher(SECRETS.matcher(text).replaceAll("…")).replaceAll("…");
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
    }

    private static @Nullable String said(byte[] body) {
        try {
            JsonNode root = WireJson.parse(body);
            JsonNode error = root.path("error");
            JsonNode message = error.isString() ? error : error.path("message");
            if (!message.isString()) {
                message = root.path("message");
            }
            return message.isString() ? message.stringValue() : null;
        } catch (WireJson.NotJson e) {
            return null;
        }
    }
}
