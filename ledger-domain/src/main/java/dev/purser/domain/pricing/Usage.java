package dev.purser.domain.pricing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What one call used, in tokens and images.
 *
 * @param promptTokens all input tokens, cached ones included
 * @param cachedPromptTokens those of the input tokens that are billed as cached
 * @param completionTokens all output tokens, reasoning included
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Usage(long promptTokens, long cachedPromptTokens, long completionTokens, int images) {
    public static final long MAX_TOKENS = 1_000_000_000_000L;

    public Usage {
        requireRange("promptTokens", promptTokens);
        requireRange("cachedPromptTokens", cachedPromptTokens);
        requireRange("completionTokens", completionTokens);
        requireRange("images", images);
        if (cachedPromptTokens > promptTokens) {
            throw new IllegalArgumentException(
                    "cachedPromptTokens " + cachedPromptTokens + " exceeds promptTokens " + promptTokens);
        }
    }

    /** As stored: what is zero is left out. */
    @JsonCreator
    static Usage stored(
            @JsonProperty("promptTokens") @Nullable Long promptTokens,
            @JsonProperty("cachedPromptTokens") @Nullable Long cachedPromptTokens,
            @JsonProperty("completionTokens") @Nullable Long completionTokens,
            @JsonProperty("images") @Nullable Integer images) {
        return new Usage(
                promptTokens == null ? 0 : promptTokens,
                cachedPromptTokens == null ? 0 : cachedPromptTokens,
                completionTokens == null ? 0 : completionTokens,
                images == null ? 0 : images);
    }

    public static Usage ofTokens(long promptTokens, long completionTokens) {
        return new Usage(promptTokens, 0, completionTokens, 0);
    }

    private static void requireRange(String name, long value) {
        if (value < 0 || value > MAX_TOKENS) {
            throw new IllegalArgumentException(name + " must be between 0 and " + MAX_TOKENS + ", not " + value);
        }
    }
}
