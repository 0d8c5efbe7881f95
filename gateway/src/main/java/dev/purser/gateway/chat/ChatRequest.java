package dev.purser.gateway.chat;

import dev.purser.edge.Problem;
import dev.purser.gateway.catalogue.Ability;
import dev.purser.gateway.metering.InputBound;
import dev.purser.gateway.wire.BodyFields;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked for, as far as the gateway must know; the rest of the body goes to the provider as it came.
 *
 * @param maxTokens of one choice, as the client wants it, the smaller where it has named two; null where none
 * @param choices how many answers
 * @param usageAsked whether the client wants to see the usage of a stream
 */
record ChatRequest(
        ObjectNode body,
        String model,
        boolean stream,
        boolean usageAsked,
        @Nullable Integer maxTokens,
        int choices,
        Set<Ability> needs) {
    static final List<String> MAX_TOKENS_FIELDS = List.of("max_tokens", "max_completion_tokens");
    private static final int MAX_MESSAGES = 10_000;
    private static final int MAX_CHOICES = 128;
    /** Options that providers bill apart from tokens: what is not in the catalogue's prices is not bought. */
    private static final List<String> PRICED_APART =
            List.of("web_search_options", "search_parameters", "audio", "prediction", "plugins");

    /** @throws Problem 400 that names the field */
    static ChatRequest parse(ObjectNode body) {
        String model = BodyFields.model(body);
        JsonNode messages = messages(body.path("messages"));
        boolean stream = BodyFields.flag(body, "stream", "stream");
        JsonNode options = body.path("stream_options");
        if (BodyFields.isGiven(options) && !(stream && options.isObject())) {
            throw Problem.invalid("stream_options", "must be an object, and only where stream is true");
        }
        boolean usageAsked = BodyFields.isGiven(options)
                && BodyFields.flag(options, "include_usage", "stream_options.include_usage");
        Integer maxTokens = null;
        for (String field : MAX_TOKENS_FIELDS) {
            Integer value = BodyFields.count(body, field, Integer.MAX_VALUE);
            if (value != null) {
                maxTokens = maxTokens == null ? value : Math.min(maxTokens, value);
            }
        }
        Integer choices = BodyFields.count(body, "n", MAX_CHOICES);
        refusePricedApart(body);
        return new ChatRequest(
                body, model, stream, usageAsked, maxTokens, choices == null ? 1 : choices, needs(body, messages));
    }

    private static JsonNode messages(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw Problem.invalid("messages", "must be a list of at least one message");
        }
        if (messages.size() > MAX_MESSAGES) {
            throw Problem.invalid("messages", "must be at most " + MAX_MESSAGES);
        }
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            if (!message.isObject() || !message.path("role").isString()) {
                throw Problem.invalid("messages[" + i + "]", "must be an object with a role");
            }
            JsonNode content = message.path("content");
            if (BodyFields.isGiven(content) && !content.isString() && !content.isArray()) {
                throw Problem.invalid("messages[" + i + "].content", "must be a string or a list of parts");
            }
            for (JsonNode part : content) {
                if (!part.isObject() || !part.path("type").isString()) {
                    throw Problem.invalid("messages[" + i + "].content", "must consist of objects with a type");
                }
            }
        }
        return messages;
    }

    private static void refusePricedApart(ObjectNode body) {
        for (String field : PRICED_APART) {
            if (BodyFields.isGiven(body.path(field))) {
                throw Problem.invalid(field, "is not offered: providers bill it apart from tokens");
            }
        }
        String tier = body.path("service_tier").asString("default");
        if (!tier.equals("default") && !tier.equals("auto")) {
            throw Problem.invalid("service_tier", "must be default or auto: other tiers have other prices");
        }
        for (JsonNode modality : body.path("modalities")) {
            if (!modality.asString("").equals("text")) {
                throw Problem.invalid("modalities", "must be text alone");
            }
        }
    }

    private static Set<Ability> needs(ObjectNode body, JsonNode messages) {
        Set<Ability> needs = EnumSet.noneOf(Ability.class);
        if (!body.path("tools").isEmpty() || !body.path("functions").isEmpty()) {
            needs.add(Ability.TOOLS);
        }
        for (JsonNode message : messages) {
            if (InputBound.hasMedia(message)) {
                needs.add(Ability.VISION);
            }
        }
        String format = body.path("response_format").path("type").asString("text");
        if (!format.equals("text")) {
            needs.add(Ability.JSON);
        }
        return needs;
    }
}
