package dev.purser.domain.pricing;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.purser.domain.Decimals;
import java.math.BigDecimal;

/** The price of one image of a kind, in US dollars, exact. */
public record ImagePrice(
        ImageKind kind,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal price) {
    public ImagePrice {
        if (price.signum() < 0) {
            throw new IllegalArgumentException("the price of an image must not be negative, is " + price);
        }
        price = Decimals.canonical(price);
    }
}
