package dev.purser.gateway.chat;

import dev.purser.gateway.catalogue.Offer;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body as the provider gets it: the client's, with only those fields changed that the gateway answers for. The limit
 * of the output goes into the field that this provider heeds, whichever the client has used: the hold rests on it.
 */
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
        ChatRequest.MAX_TOKENS_FIELDS.forEach(body::remove);
        body.put(offer.provider().maxTokensField(), maxTokens(request, offer, defaultMaxTokens));
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
}
