package dev.purser.gateway.metering;

import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.gateway.catalogue.Offer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What embeddings have used: the provider's figure where it can be true, else the bound of the input. */
public final class EmbeddingUsage {
    private EmbeddingUsage() {}

    /** @param texts how many were embedded */
    public static Measured of(JsonNode answer, Offer offer, WorstCase worstCase, int texts) {
        JsonNode id = answer.path("id");
        String upstreamId = id.isString() && !id.stringValue().isEmpty()
                ? id.stringValue().substring(0, Math.min(200, id.stringValue().length()))
                : null;
        return ReportedUsage.ofEmbeddings(answer.path("usage"), offer, texts)
                .map(usage -> new Measured(usage, UsageSource.PROVIDER, upstreamId))
                .orElseGet(() ->
                        new Measured(Usage.ofTokens(worstCase.promptTokens(), 0), UsageSource.ESTIMATED, upstreamId));
    }

    /** In OpenAI's form, where the provider has none that is believed. */
    public static ObjectNode shown(Usage billed) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", billed.promptTokens())
                .put("total_tokens", billed.promptTokens());
    }
}
