package dev.purser.domain.pricing;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.Decimals;
import dev.purser.domain.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The price of a model in US dollars, exact: per million tokens, per request and per image.
 *
 * @param cachedInputPerMillion null where cached input costs what input costs
 * @param perImage of any kind, where {@code images} names none
 * @param reasoningPerMillion of output tokens spent on reasoning; null where they cost what output costs
 * @param images the prices by size and quality, the first of them that of whoever names neither; null where an image's
 *     price does not depend on its kind
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tariff(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal inputPerMillion,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        BigDecimal cachedInputPerMillion,

        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal outputPerMillion,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal perRequest,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal perImage,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        BigDecimal reasoningPerMillion,

        @Nullable List<ImagePrice> images) {
    public static final Tariff FREE =
            new Tariff(BigDecimal.ZERO, null, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
    private static final int MILLION_DIGITS = 6;

    public Tariff {
        inputPerMillion = price("inputPerMillion", inputPerMillion);
        cachedInputPerMillion =
                cachedInputPerMillion == null ? null : price("cachedInputPerMillion", cachedInputPerMillion);
        outputPerMillion = price("outputPerMillion", outputPerMillion);
        perRequest = price("perRequest", perRequest);
        perImage = price("perImage", perImage);
        reasoningPerMillion = reasoningPerMillion == null ? null : price("reasoningPerMillion", reasoningPerMillion);
        images = images == null ? null : List.copyOf(images);
    }

    public Tariff(
            BigDecimal inputPerMillion,
            @Nullable BigDecimal cachedInputPerMillion,
            BigDecimal outputPerMillion,
            BigDecimal perRequest,
            BigDecimal perImage) {
        this(inputPerMillion, cachedInputPerMillion, outputPerMillion, perRequest, perImage, null, null);
    }

    public static Tariff perMillion(String input, String output) {
        return new Tariff(new BigDecimal(input), null, new BigDecimal(output), BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /**
     * The one place where usage becomes money: exact sum, then rounded half-even to the nano-dollar.
     *
     * @throws IllegalArgumentException for images of a kind that has no price
     */
    public Money charge(Usage usage) {
        BigDecimal cached = cachedInputPerMillion == null ? inputPerMillion : cachedInputPerMillion;
        BigDecimal reasoning = reasoningPerMillion == null ? outputPerMillion : reasoningPerMillion;
        BigDecimal tokens = times(inputPerMillion, usage.promptTokens() - usage.cachedPromptTokens())
                .add(times(cached, usage.cachedPromptTokens()))
                .add(times(outputPerMillion, usage.completionTokens() - usage.reasoningTokens()))
                .add(times(reasoning, usage.reasoningTokens()))
                .movePointLeft(MILLION_DIGITS);
        BigDecimal pictures = usage.images() == 0 ? BigDecimal.ZERO : times(imagePrice(usage.kind()), usage.images());
        return Money.of(tokens.add(perRequest).add(pictures));
    }

    private BigDecimal imagePrice(ImageKind kind) {
        if (images == null) {
            return perImage;
        }
        return images.stream()
                .filter(image -> image.kind().equals(kind))
                .findFirst()
                .map(ImagePrice::price)
                .orElseThrow(() -> new IllegalArgumentException("no price for images of " + kind));
    }

    private static BigDecimal times(BigDecimal price, long count) {
        return price.multiply(BigDecimal.valueOf(count));
    }

    @JsonIgnore
    public boolean isFree() {
        return inputPerMillion.signum() == 0
                && (cachedInputPerMillion == null || cachedInputPerMillion.signum() == 0)
                && outputPerMillion.signum() == 0
                && perRequest.signum() == 0
                && perImage.signum() == 0
                && (reasoningPerMillion == null || reasoningPerMillion.signum() == 0)
                && (images == null
                        || images.stream().allMatch(image -> image.price().signum() == 0));
    }

    private static BigDecimal price(String name, BigDecimal price) {
        if (price.signum() < 0) {
            throw new IllegalArgumentException(name + " must not be negative, is " + price.toPlainString());
        }
        return Decimals.canonical(price);
    }
}
