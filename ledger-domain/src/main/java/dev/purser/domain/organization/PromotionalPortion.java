package dev.purser.domain.organization;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Promotional credits that end together.
 *
 * @param expiresAt not spent from then on; null: they do not expire
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PromotionalPortion(Money amount, @Nullable Instant expiresAt) {
    boolean isOpenAt(Instant at) {
        return expiresAt == null || at.isBefore(expiresAt);
    }
}
