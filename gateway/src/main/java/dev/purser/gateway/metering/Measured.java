package dev.purser.gateway.metering;

import dev.purser.domain.pricing.Usage;
import dev.purser.domain.wallet.UsageSource;
import org.jspecify.annotations.Nullable;

/**
 * What a call has used.
 *
 * @param upstreamId the provider's id of its answer
 */
public record Measured(
        Usage usage, UsageSource source, @Nullable String upstreamId) {}
