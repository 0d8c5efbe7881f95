package dev.purser.domain.pricing;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.Decimals;
import dev.purser.domain.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The price of a model in US dollars, exact: per million tokens, per request and per image.
 *
 * @param cachedInputPerMillion null where cached input costs what input costs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tariff(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal inputPerMillion,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        BigDecimal cachedInputPerMillion,

        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal outputPerMillion,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal perRequest,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal perImage) {
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
    }

    public static Tariff perMillion(String input, String output) {
        return new Tariff(new BigDecimal(input), null, new BigDecimal(output), BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** The one place where usage becomes money: exact sum, then rounded half-even to the nano-dollar. */
    public Money charge(Usage usage) {
        BigDecimal cached = cachedInputPerMillion == null ? inputPerMillion : cachedInputPerMillion;
        BigDecimal tokens = inputPerMillion
                .multiply(BigDecimal.valueOf(usage.promptTokens() - usage.cachedPromptTokens()))
                .add(cached.multiply(BigDecimal.valueOf(usage.cachedPromptTokens())))
                .add(outputPerMillion.multiply(BigDecimal.valueOf(usage.completionTokens())))
                .movePointLeft(MILLION_DIGITS);
        return Money.of(tokens.add(perRequest).add(perImage.multiply(BigDecimal.valueOf(usage.images()))));
    }

    @JsonIgnore
    public boolean isFree() {
        return inputPerMillion.signum() == 0
                && (cachedInputPerMillion == null || cachedInputPerMillion.signum() == 0)
                && outputPerMillion.signum() == 0
                && perRequest.signum() == 0
                && perImage.signum() == 0;
    }

    private static BigDecimal price(String name, BigDecimal price) {
        if (price.signum() < 0) {
            throw new IllegalArgumentException(name + " must not be negative, is " + price.toPlainString());
        }
        return Decimals.canonical(price);
    }
}
