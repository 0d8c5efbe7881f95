package dev.purser.gateway.chat;

import dev.purser.gateway.catalogue.Offer;
import tools.jackson.databind.node.ObjectNode;

/** The body as the provider gets it: the client's, with only those fields changed that the gateway answers for. */
final class ForwardedBody {
    private static final String STREAM_OPTIONS = "stream_options";

    private ForwardedBody() {}

    /** The output tokens of one choice: what the client wants, else the project's default; never above the model's own. */
    static int maxTokens(ChatRequest request, Offer offer, int defaultMaxTokens) {
        Integer wanted = request.maxTokens();
        return Math.min(wanted == null ? defaultMaxTokens : wanted, offer.maxOutput());
    }

    static ObjectNode of(ChatRequest request, Offer offer, int defaultMaxTokens) {
        ObjectNode body = request.body().objectNode();
        body.setAll(request.body());
        body.put("model", offer.upstreamId());
        limitOutput(body, request, offer, maxTokens(request, offer, defaultMaxTokens));
        if (!offer.provider().streamOptions()) {
            body.remove(STREAM_OPTIONS);
        } else if (request.stream()) {
            ObjectNode options = body.objectNode();
            if (body.path(STREAM_OPTIONS) instanceof ObjectNode given) {
                options.setAll(given);
            }
            body.set(STREAM_OPTIONS, options.put("include_usage", true));
        }
        return body;
    }

    private static void limitOutput(ObjectNode body, ChatRequest request, Offer offer, int maxTokens) {
        if (request.maxTokens() == null) {
            ChatRequest.MAX_TOKENS_FIELDS.forEach(body::remove);
            body.put(offer.provider().maxTokensField(), maxTokens);
            return;
        }
        for (String field : ChatRequest.MAX_TOKENS_FIELDS) {
            if (body.path(field).isNumber() && body.path(field).asInt() > maxTokens) {
                body.put(field, maxTokens);
            }
        }
    }
}
