package dev.purser.gateway.embeddings;

import dev.purser.edge.Problem;
import dev.purser.gateway.catalogue.Ability;
import dev.purser.gateway.catalogue.ModelKind;
import dev.purser.gateway.catalogue.Offer;
import dev.purser.gateway.metering.EmbeddingBound;
import dev.purser.gateway.metering.WorstCase;
import dev.purser.gateway.routing.Demand;
import dev.purser.gateway.wire.BodyFields;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked for, as far as the gateway must know; the rest of the body goes to the provider as it came.
 *
 * @param texts each a string or a list of tokens
 */
record EmbeddingRequest(ObjectNode body, String model, List<JsonNode> texts) implements Demand {
    private static final int MAX_TEXTS = 2_048;
    private static final String INPUT = "input";

    /** @throws Problem 400 that names the field */
    static EmbeddingRequest parse(ObjectNode body) {
        String model = BodyFields.model(body);
        List<JsonNode> texts = texts(body.path(INPUT));
        BodyFields.oneOf(body, "encoding_format", "float", "base64");
        BodyFields.count(body, "dimensions", Integer.MAX_VALUE);
        return new EmbeddingRequest(body, model, texts);
    }

    private static List<JsonNode> texts(JsonNode input) {
        if (input.isString()) {
            requireText(INPUT, input);
            return List.of(input);
        }
        if (!input.isArray() || input.isEmpty()) {
            throw Problem.invalid(INPUT, "must be a text, or a list of texts, of tokens, or of lists of tokens");
        }
        if (input.get(0).isIntegralNumber()) {
            requireTokens(INPUT, input);
            return List.of(input);
        }
        if (input.size() > MAX_TEXTS) {
            throw Problem.invalid(INPUT, "must be at most " + MAX_TEXTS + " texts");
        }
        boolean strings = input.get(0).isString();
        for (int i = 0; i < input.size(); i++) {
            String name = INPUT + "[" + i + "]";
            if (strings) {
                requireText(name, input.get(i));
            } else {
                requireTokens(name, input.get(i));
            }
        }
        return input.valueStream().toList();
    }

    private static void requireText(String name, JsonNode text) {
        if (!text.isString() || text.stringValue().isEmpty()) {
            throw Problem.invalid(name, "must be a text that is not empty");
        }
    }

    private static void requireTokens(String name, JsonNode tokens) {
        boolean valid = tokens.isArray() && !tokens.isEmpty();
        for (JsonNode token : tokens) {
            valid &= token.isIntegralNumber() && token.canConvertToInt() && token.intValue() >= 0;
        }
        if (!valid) {
            throw Problem.invalid(name, "must be a list of tokens, whole numbers from 0 on");
        }
    }

    @Override
    public ModelKind kind() {
        return ModelKind.EMBEDDING;
    }

    @Override
    public Set<Ability> needs() {
        return Set.of();
    }

    /** Texts that are too long are the provider's to refuse: only it knows its tokens. */
    @Override
    public boolean fits(Offer offer) {
        return true;
    }

    @Override
    public WorstCase roughly(Offer offer) {
        return WorstCase.of(offer.tariff(), EmbeddingBound.builtin(texts), 0);
    }

    @Override
    public WorstCase worstCase(Offer offer) {
        return WorstCase.of(offer.tariff(), EmbeddingBound.of(texts, offer), 0);
    }

    ObjectNode forwarded(Offer offer) {
        ObjectNode forwarded = body.objectNode();
        forwarded.setAll(body);
        return forwarded.put("model", offer.upstreamId());
    }
}
