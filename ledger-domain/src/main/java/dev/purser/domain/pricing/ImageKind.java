package dev.purser.domain.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What decides the price of an image, in the provider's own words.
 *
 * @param size such as {@code 1024x1024}; null: any
 * @param quality such as {@code high}; null: any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageKind(@Nullable String size, @Nullable String quality) {
    public static final ImageKind ANY = new ImageKind(null, null);
}
