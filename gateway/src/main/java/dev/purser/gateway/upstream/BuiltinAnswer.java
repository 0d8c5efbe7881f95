package dev.purser.gateway.upstream;

import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.metering.BuiltinTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a built-in model says: the echoes repeat the last message of the user, the chat model talks about it. Where JSON
 * is asked for the text is wrapped in an object; where a tool must be called, that tool is called without arguments.
 */
record BuiltinAnswer(List<String> tokens, @Nullable ObjectNode toolCall, String finishReason) {
    private static final String CHAT = "free-chat";
    private static final int QUOTED_CHARS = 400;

    static BuiltinAnswer to(Offer offer, ObjectNode request) {
        long limit = Math.min(limit(request), offer.maxOutput());
        String tool = requiredTool(request);
        if (tool != null) {
            ObjectNode call = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", "call_builtin")
                    .put("type", "function");
            call.putObject("function").put("name", tool).put("arguments", "{}");
            return new BuiltinAnswer(List.of(), call, "tool_calls");
        }
        String text = text(offer, request);
        List<String> tokens = BuiltinTokens.split(text, limit);
        boolean cut = BuiltinTokens.count(text) > tokens.size();
        return new BuiltinAnswer(tokens, null, cut ? "length" : "stop");
    }

    /** A tool call counts as one token, whatever its name. */
    long completionTokens() {
        return toolCall == null ? tokens.size() : 1;
    }

    private static long limit(ObjectNode request) {
        long limit = Long.MAX_VALUE;
        for (String field : List.of("max_tokens", "max_completion_tokens")) {
            if (request.path(field).isIntegralNumber()) {
                limit = Math.min(limit, request.path(field).asLong());
            }
        }
        return limit;
    }

    private static String text(Offer offer, ObjectNode request) {
        String said = lastUserText(request);
        String text = offer.model().equals(CHAT) ? chat(said, request) : said;
        String format = request.path("response_format").path("type").asString("text");
        if (format.equals("text")) {
            return stopped(text, request.path("stop"));
        }
        return JsonNodeFactory.instance.objectNode().put("text", text).toString();
    }

    private static String chat(String said, ObjectNode request) {
        String quoted = said.length() <= QUOTED_CHARS ? said : said.substring(0, QUOTED_CHARS) + "…";
        return "This is the built-in model: no network, no charge, and no thoughts of its own. You wrote: \"" + quoted
                + "\" (message "
                + request.path("messages").size() + " of this conversation; tokens in it: "
                + BuiltinTokens.count(said) + "). Set a provider's key to talk to a real model.";
    }

    private static String stopped(String text, JsonNode stop) {
        int end = text.length();
        for (JsonNode word :
                stop.isString() ? List.of(stop) : stop.valueStream().toList()) {
            int found = word.isString() && !word.stringValue().isEmpty() ? text.indexOf(word.stringValue()) : -1;
            end = found >= 0 ? Math.min(end, found) : end;
        }
        return text.substring(0, end);
    }

    private static String lastUserText(ObjectNode request) {
        String last = "";
        for (JsonNode message : request.path("messages")) {
            if (!message.path("role").asString("").equals("user")) {
                continue;
            }
            JsonNode content = message.path("content");
            if (content.isString()) {
                last = content.stringValue();
            } else {
                StringBuilder parts = new StringBuilder();
                for (JsonNode part : content) {
                    parts.append(
                            part.path("text").asString("[" + part.path("type").asString("part") + "]"));
                }
                last = parts.toString();
            }
        }
        return last;
    }

    private static @Nullable String requiredTool(ObjectNode request) {
        JsonNode choice = request.path("tool_choice");
        if (choice.isObject()) {
            JsonNode name = choice.path("function").path("name");
            return name.isString() ? name.stringValue() : null;
        }
        JsonNode first = request.path("tools").path(0).path("function").path("name");
        return choice.asString("").equals("required") && first.isString() ? first.stringValue() : null;
    }
}
