package dev.purser.gateway.metering;

import dev.purser.domain.Money;
import dev.purser.domain.pricing.Tariff;
import dev.purser.domain.pricing.Usage;

/**
 * The most a call can use and cost.
 *
 * @param completionTokens of all choices together
 */
public record WorstCase(long promptTokens, long completionTokens, Money amount) {
    public static WorstCase of(Tariff tariff, long promptTokens, long completionTokens) {
        Money uncached = tariff.charge(new Usage(promptTokens, 0, completionTokens, 0));
        Money cached = tariff.charge(new Usage(promptTokens, promptTokens, completionTokens, 0));
        return new WorstCase(promptTokens, completionTokens, uncached.max(cached));
    }
}
