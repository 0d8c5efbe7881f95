package dev.purser.domain.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.pricing.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The facts behind a bill: with the price version anyone can compute it again.
 *
 * @param model the catalogue's name of the model that answered
 * @param provider who answered; null where the backend metered the call itself
 * @param upstreamId the provider's id of its answer, to compare with its invoice
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Metering(
        String model,
        @Nullable String provider,
        Usage usage,
        UsageSource source,
        int priceVersion,
        @Nullable String upstreamId) {}
