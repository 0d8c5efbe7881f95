package dev.purser.gateway.metering;

import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.gateway.catalogue.Offer;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Adds up what a call uses: the provider's own figures where it reports them, else a count of what it sent. Written by
 * the thread that reads the answer; the figure so far may be read by any.
 */
public final class UsageMeter {
    /** Strings of an answer that are not text the model made. */
    private static final Set<String> NOT_TEXT = Set.of("role", "id", "type");

    private final Offer offer;
    private final WorstCase worstCase;
    private final int choices;
    private final TokenCounter counter;
    private long counted;
    private boolean countedSinceReport;
    private @Nullable Usage reported;
    private @Nullable String upstreamId;

    public UsageMeter(Offer offer, WorstCase worstCase, int choices) {
        this.offer = offer;
        this.worstCase = worstCase;
        this.choices = choices;
        this.counter = TokenCounter.of(offer.tokenizer());
    }

    /** Takes a chunk or a whole answer into account. */
    public void observe(JsonNode answer) {
        long text = 0;
        for (JsonNode choice : answer.path("choices")) {
            JsonNode made = choice.has("delta") ? choice.path("delta") : choice.path("message");
            text += text(made);
        }
        Usage figures = answer.path("usage").isObject()
                ? ReportedUsage.read(answer.path("usage"), offer, choices).orElse(null)
                : null;
        record(text, figures, answer.path("id"));
    }

    private synchronized void record(long text, @Nullable Usage figures, JsonNode id) {
        if (upstreamId == null && id.isString() && !id.stringValue().isEmpty()) {
            upstreamId =
                    id.stringValue().substring(0, Math.min(200, id.stringValue().length()));
        }
        if (text > 0) {
            counted += text;
            countedSinceReport = true;
        }
        if (figures != null) {
            reported = figures;
            countedSinceReport = false;
        }
    }

    /** @param clientGone the client hung up before the provider was done */
    public synchronized Measured measured(boolean clientGone) {
        if (believed() && reported != null) {
            return new Measured(reported, clientGone ? UsageSource.DRAINED : UsageSource.PROVIDER, upstreamId);
        }
        return new Measured(estimate(), UsageSource.ESTIMATED, upstreamId);
    }

    /** True when the provider's own figures are what is billed. */
    public synchronized boolean believed() {
        return reported != null && !countedSinceReport && (reported.completionTokens() > 0 || counted == 0);
    }

    private synchronized Usage estimate() {
        long prompt = reported == null ? worstCase.promptTokens() : reported.promptTokens();
        long completion = Math.min(counted, worstCase.completionTokens());
        if (reported != null) {
            completion = Math.max(completion, reported.completionTokens());
        }
        return new Usage(prompt, reported == null ? 0 : reported.cachedPromptTokens(), completion, 0);
    }

    private long text(JsonNode node) {
        if (node.isString()) {
            return node.stringValue().isEmpty() ? 0 : Math.max(1, counter.count(node.stringValue()));
        }
        long tokens = 0;
        if (node.isObject()) {
            for (var field : node.properties()) {
                tokens += NOT_TEXT.contains(field.getKey()) ? 0 : text(field.getValue());
            }
        } else if (node.isArray()) {
            for (JsonNode element : node) {
                tokens += text(element);
            }
        }
        return tokens;
    }
}
