package dev.purser.gateway.metering;

import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.wire.WireJson;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The most input tokens a request can be billed for. Text is counted with the model's tokenizer where it is known, else
 * by its UTF-8 bytes; a picture, whose tokens nobody here can know, counts as the whole context window, which bounds
 * everything.
 */
public final class InputBound {
    /** Above this a request is counted by bytes alone: nobody shall keep a processor busy for the price of a refusal. */
    private static final int MAX_COUNTED_BYTES = 1 << 19;

    private static final int PER_MESSAGE = 16;
    private static final int PER_REQUEST = 64;
    /** What providers put around tools on their own account. */
    private static final int WITH_TOOLS = 1_024;

    private static final Set<String> TEXT_PARTS = Set.of("text", "refusal", "input_text", "output_text");

    private InputBound() {}

    public static long of(ObjectNode request, Offer offer) {
        if (offer.builtin()) {
            return builtin(request);
        }
        boolean large = bytes(request) > MAX_COUNTED_BYTES;
        TokenCounter counter = large ? TokenCounter.BYTES : TokenCounter.of(offer.tokenizer());
        long bound = PER_REQUEST;
        for (JsonNode message : request.path("messages")) {
            if (hasMedia(message)) {
                return offer.contextWindow();
            }
            bound += PER_MESSAGE + message(message, counter);
        }
        for (String field : new String[] {"tools", "functions"}) {
            JsonNode tools = request.path(field);
            if (tools.isArray() && !tools.isEmpty()) {
                bound += WITH_TOOLS + counter.count(WireJson.text(tools));
            }
        }
        if (request.path("response_format").isObject()) {
            bound += counter.count(WireJson.text(request.path("response_format")));
        }
        return Math.min(bound, offer.contextWindow());
    }

    /** The size of what is said to the model. */
    public static long bytes(ObjectNode request) {
        return WireJson.bytes(request.path("messages")).length;
    }

    /** What the built-in models report: the tokens of every text, and one for each message and picture. */
    public static long builtin(ObjectNode request) {
        long tokens = 0;
        for (JsonNode message : request.path("messages")) {
            tokens++;
            JsonNode content = message.path("content");
            if (content.isString()) {
                tokens += BuiltinTokens.count(content.stringValue());
            } else if (content.isArray()) {
                for (JsonNode part : content) {
                    JsonNode text = part.path("text");
                    tokens += text.isString() ? BuiltinTokens.count(text.stringValue()) : 1;
                }
            }
        }
        return tokens;
    }

    public static boolean hasMedia(JsonNode message) {
        for (JsonNode part : message.path("content")) {
            if (part.isObject() && !TEXT_PARTS.contains(part.path("type").asString("text"))) {
                return true;
            }
        }
        return false;
    }

    private static long message(JsonNode message, TokenCounter counter) {
        long tokens = 0;
        for (var field : message.properties()) {
            JsonNode value = field.getValue();
            if (value.isString()) {
                tokens += counter.count(value.stringValue());
            } else if (field.getKey().equals("content") && value.isArray()) {
                for (JsonNode part : value) {
                    JsonNode text = part.path("text");
                    tokens += counter.count(text.isString() ? text.stringValue() : WireJson.text(part));
                }
            } else if (!value.isNull()) {
                tokens += counter.count(WireJson.text(value));
            }
        }
        return tokens;
    }
}
