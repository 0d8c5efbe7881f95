package dev.purser.payments.topup;

import java.math.BigDecimal;

/**
 * What may be topped up at once, and what the platform takes for it.
 *
 * @param minimumDollars without the fee
 * @param feePercent on top of the amount
 */
public record TopUpLimits(int minimumDollars, int maximumDollars, BigDecimal feePercent) {}
