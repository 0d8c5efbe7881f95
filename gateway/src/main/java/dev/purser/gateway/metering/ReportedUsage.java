package dev.purser.gateway.metering;

import dev.purser.domain.pricing.Usage;
import dev.purser.gateway.catalogue.Offer;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads the usage a provider reports. Providers differ: cached input is part of {@code prompt_tokens} or beside it,
 * reasoning is part of {@code completion_tokens} or beside it; {@code total_tokens} tells. What cannot be is not believed.
 */
final class ReportedUsage {
    private ReportedUsage() {}

    /**
     * The input tokens of embeddings.
     *
     * @param inputs how many texts there were
     */
    static Optional<Usage> ofEmbeddings(JsonNode usage, Offer offer, int inputs) {
        long prompt = tokens(usage.path("prompt_tokens"));
        long all = prompt < 0 ? tokens(usage.path("total_tokens")) : prompt;
        return all >= 1 && possible(all, offer, inputs) ? Optional.of(Usage.ofTokens(all, 0)) : Optional.empty();
    }

    /** @param choices how many answers were asked for */
    static Optional<Usage> read(JsonNode usage, Offer offer, int choices) {
        long prompt = tokens(usage.path("prompt_tokens"));
        long completion = tokens(usage.path("completion_tokens"));
        long total = tokens(usage.path("total_tokens"));
        if (prompt < 0 && completion >= 0 && total >= completion) {
            prompt = total - completion;
        }
        if (completion < 0 && prompt >= 0 && total >= prompt) {
            completion = total - prompt;
        }
        if (prompt < 1 || completion < 0) {
            return Optional.empty();
        }
        long cached = Math.max(0, cached(usage));
        long reasoning =
                Math.max(0, tokens(usage.path("completion_tokens_details").path("reasoning_tokens")));
        long said = prompt + completion;
        boolean cachedBeside = cached > 0
                && (total < 0
                        ? cached > prompt
                        : total == said + cached || (reasoning > 0 && total == said + cached + reasoning));
        boolean reasoningBeside =
                reasoning > 0 && total >= 0 && total == said + reasoning + (cachedBeside ? cached : 0);
        long allPrompt = cachedBeside ? prompt + cached : prompt;
        long allCompletion = reasoningBeside ? completion + reasoning : completion;
        if (!possible(allPrompt, offer, 1) || !possible(allCompletion, offer, choices)) {
            return Optional.empty();
        }
        boolean reasoningApart = offer.tariff().reasoningPerMillion() != null;
        return Optional.of(new Usage(
                allPrompt,
                Math.min(cached, allPrompt),
                allCompletion,
                0,
                reasoningApart ? Math.min(reasoning, allCompletion) : 0,
                null));
    }

    /** Twice the context window is more than anything can use, and leaves room for a catalogue that is out of date. */
    private static boolean possible(long tokens, Offer offer, int choices) {
        return tokens <= 2L * offer.contextWindow() * choices;
    }

    private static long cached(JsonNode usage) {
        long cached = tokens(usage.path("prompt_tokens_details").path("cached_tokens"));
        if (cached < 0) {
            cached = tokens(usage.path("prompt_cache_hit_tokens"));
        }
        return cached < 0 ? tokens(usage.path("cache_read_input_tokens")) : cached;
    }

    private static long tokens(JsonNode node) {
        if (!node.isNumber() || !node.canConvertToLong()) {
            return -1;
        }
        long value = node.asLong();
        return value < 0 || value > Usage.MAX_TOKENS ? -1 : value;
    }
}
