package dev.purser.gateway.metering;

import dev.purser.gateway.catalogue.Offer;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The most input tokens that texts to be embedded can be billed for. Texts that come as tokens are counted as such. */
public final class EmbeddingBound {
    /** Above this, texts are counted by bytes alone, as in a chat. */
    private static final int MAX_COUNTED_CHARS = 1 << 19;

    /** What a model may put around a text. */
    private static final int PER_TEXT = 8;

    private EmbeddingBound() {}

    /** @param texts strings or lists of tokens */
    public static long of(List<JsonNode> texts, Offer offer) {
        if (offer.builtin()) {
            return builtin(texts);
        }
        long chars = 0;
        for (JsonNode text : texts) {
            chars += text.isString() ? text.stringValue().length() : 0;
        }
        TokenCounter counter = chars > MAX_COUNTED_CHARS ? TokenCounter.BYTES : TokenCounter.of(offer.tokenizer());
        long bound = 0;
        for (JsonNode text : texts) {
            long tokens = text.isString() ? counter.count(text.stringValue()) : text.size();
            bound += Math.min(PER_TEXT + tokens, offer.contextWindow());
        }
        return bound;
    }

    /** What the built-in model reports. */
    public static long builtin(List<JsonNode> texts) {
        long tokens = 0;
        for (JsonNode text : texts) {
            tokens += text.isString() ? BuiltinTokens.count(text.stringValue()) : text.size();
        }
        return tokens;
    }
}
