package dev.purser.gateway.metering;

import dev.purser.domain.Money;
import dev.purser.domain.pricing.ImageKind;
import dev.purser.domain.pricing.Tariff;
import dev.purser.domain.pricing.Usage;

/**
 * The most a call can use and cost.
 *
 * @param completionTokens of all choices together
 */
public record WorstCase(long promptTokens, long completionTokens, Money amount) {
    /** Whichever is dearer: input plain or cached, output plain or reasoning. */
    public static WorstCase of(Tariff tariff, long promptTokens, long completionTokens) {
        Money amount = Money.ZERO;
        for (long cached : new long[] {0, promptTokens}) {
            for (long reasoning : new long[] {0, completionTokens}) {
                Usage usage = new Usage(promptTokens, cached, completionTokens, 0, reasoning, null);
                amount = amount.max(tariff.charge(usage));
            }
        }
        return new WorstCase(promptTokens, completionTokens, amount);
    }

    public static WorstCase ofImages(Tariff tariff, int count, ImageKind kind) {
        return new WorstCase(0, 0, tariff.charge(Usage.ofImages(count, kind)));
    }
}
