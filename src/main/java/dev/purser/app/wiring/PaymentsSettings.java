package dev.purser.app.wiring;

import dev.purser.app.storage.StartRefused;
import dev.purser.domain.margin.HoldBack;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.payments.topup.TopUpLimits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** How money comes in and goes out; everything has a default. */
@Validated
@ConfigurationProperties("purser")
record PaymentsSettings(
        @Valid @DefaultValue TopUp topUp,
        @Valid @DefaultValue Margin holdBack,
        @Valid @DefaultValue Payout payout,
        @Valid @DefaultValue Reconciliation reconciliation,
        @Valid @DefaultValue Stripe stripe) {

    /**
     * PURSER_TOPUP_MINIMUM, _MAXIMUM and _FEEPERCENT.
     *
     * @param minimum whole dollars, without the fee
     * @param feePercent the platform's, on top
     */
    record TopUp(
            @Min(1) @Max(QuoteTopUp.MAX_DOLLARS) @DefaultValue("10")
            int minimum,

            @Min(1) @Max(QuoteTopUp.MAX_DOLLARS) @DefaultValue("5000")
            int maximum,

            @DecimalMin("0") @DecimalMax("100") @DefaultValue("5")
            BigDecimal feePercent) {
        TopUp {
            if (minimum > maximum) {
                throw new StartRefused(
                        "PURSER_TOPUP_MINIMUM (" + minimum + ") is above PURSER_TOPUP_MAXIMUM (" + maximum + ").");
            }
        }

        TopUpLimits limits() {
            return new TopUpLimits(minimum, maximum, feePercent);
        }
    }

    /**
     * PURSER_HOLDBACK_PERCENT and _DAYS: what of recent margin is not paid out yet, because it may be disputed.
     *
     * @param days how long it counts as recent
     */
    record Margin(
            @DecimalMin("0") @DecimalMax("100") @DefaultValue("0")
            BigDecimal percent,

            @Min(0) @Max(HoldBack.MAX_DAYS) @DefaultValue("0")
            int days) {
        HoldBack holdBack() {
            return new HoldBack(percent, days);
        }
    }

    /**
     * PURSER_PAYOUT_AUTOMATIC and _RESOLVEINTERVAL.
     *
     * @param automatic between two automatic payouts of an organization; null: payouts are made when asked for
     * @param resolveInterval how often payouts in doubt are looked after
     */
    record Payout(
            @Nullable @DurationMin(minutes = 1) Duration automatic,
            @DurationMin(seconds = 1) @DefaultValue("1m") Duration resolveInterval) {}

    /** PURSER_RECONCILIATION_INTERVAL. */
    record Reconciliation(
            @DurationMin(seconds = 1) @DefaultValue("5m") Duration interval) {}

    /**
     * PURSER_STRIPE_APIBASE, _CONNECTTIMEOUT and _READTIMEOUT.
     *
     * @param apiBase null: Stripe's own, or the sandbox
     */
    record Stripe(
            @Nullable URI apiBase,
            @DurationMin(millis = 100) @DefaultValue("5s") Duration connectTimeout,
            @DurationMin(millis = 100) @DefaultValue("12s") Duration readTimeout) {}
}
