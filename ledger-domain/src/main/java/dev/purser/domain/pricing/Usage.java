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
 * @param reasoningTokens those of the output tokens that are billed as reasoning; 0 where reasoning costs what output costs
 * @param imageKind what decides the price of the images; null where there are none, or where their kind does not matter
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Usage(
        long promptTokens,
        long cachedPromptTokens,
        long completionTokens,
        int images,
        long reasoningTokens,
        @Nullable ImageKind imageKind) {
    public static final long MAX_TOKENS = 1_000_000_000_000L;

    public Usage {
        requireRange("promptTokens", promptTokens);
        requireRange("cachedPromptTokens", cachedPromptTokens);
        requireRange("completionTokens", completionTokens);
        requireRange("images", images);
        requireRange("reasoningTokens", reasoningTokens);
        requirePart("cachedPromptTokens", cachedPromptTokens, "promptTokens", promptTokens);
        requirePart("reasoningTokens", reasoningTokens, "completionTokens", completionTokens);
    }

    public Usage(long promptTokens, long cachedPromptTokens, long completionTokens, int images) {
        this(promptTokens, cachedPromptTokens, completionTokens, images, 0, null);
    }

    /** As stored: what is zero is left out. */
    @JsonCreator
    static Usage stored(
            @JsonProperty("promptTokens") @Nullable Long promptTokens,
            @JsonProperty("cachedPromptTokens") @Nullable Long cachedPromptTokens,
            @JsonProperty("completionTokens") @Nullable Long completionTokens,
            @JsonProperty("images") @Nullable Integer images,
            @JsonProperty("reasoningTokens") @Nullable Long reasoningTokens,
            @JsonProperty("imageKind") @Nullable ImageKind imageKind) {
        return new Usage(
                orZero(promptTokens),
                orZero(cachedPromptTokens),
                orZero(completionTokens),
                images == null ? 0 : images,
                orZero(reasoningTokens),
                imageKind);
    }

    public static Usage ofTokens(long promptTokens, long completionTokens) {
        return new Usage(promptTokens, 0, completionTokens, 0);
    }

    /** @param kind {@link ImageKind#ANY} where the price does not depend on it */
    public static Usage ofImages(int count, ImageKind kind) {
        return new Usage(0, 0, 0, count, 0, kind.equals(ImageKind.ANY) ? null : kind);
    }

    ImageKind kind() {
        return imageKind == null ? ImageKind.ANY : imageKind;
    }

    private static long orZero(@Nullable Long stored) {
        return stored == null ? 0 : stored;
    }

    private static void requireRange(String name, long value) {
        if (value < 0 || value > MAX_TOKENS) {
            throw new IllegalArgumentException(name + " must be between 0 and " + MAX_TOKENS + ", not " + value);
        }
    }

    private static void requirePart(String name, long part, String wholeName, long whole) {
        if (part > whole) {
            throw new IllegalArgumentException(name + " " + part + " exceeds " + wholeName + " " + whole);
        }
    }
}
