package dev.purser.domain.topup;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.purser.domain.Decimals;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a top-up costs and gives; frozen when it is made, whatever the terms are later.
 *
 * <p>Formula (contract, "Money"), half-up at the digits named: platformFee = round2(fee/100 · amount), totalAmount = amount +
 * platformFee, netCredited = round6(amount / (1 + markup/100)), developerMargin = amount − netCredited, bonusCredited =
 * round6(netCredited · bonus/100), of live top-ups only.
 *
 * @param totalAmount what the customer pays, whole cents
 * @param bonusCredited the most that is given; the organization's promotional credits may allow less
 */
public record TopUpQuote(
        Money amount,
        Money platformFee,
        Money totalAmount,
        Money netCredited,
        Money developerMargin,
        Money bonusCredited,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal markupPercent,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal bonusPercent,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal feePercent) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int CENT_DIGITS = 2;
    private static final int CREDIT_DIGITS = 6;

    /** Percentages in their one form, so that equal quotes are equal records. */
    public TopUpQuote {
        markupPercent = Decimals.canonical(markupPercent);
        bonusPercent = Decimals.canonical(bonusPercent);
        feePercent = Decimals.canonical(feePercent);
    }

    public static TopUpQuote of(Money amount, BigDecimal markup, BigDecimal bonus, BigDecimal fee, Mode mode) {
        BigDecimal dollars = amount.dollars();
        BigDecimal feeDollars = dollars.multiply(fee).divide(HUNDRED, CENT_DIGITS, RoundingMode.HALF_UP);
        // amount / (1 + m/100) as one division, so that it is rounded once
        BigDecimal net = dollars.multiply(HUNDRED).divide(HUNDRED.add(markup), CREDIT_DIGITS, RoundingMode.HALF_UP);
        BigDecimal bonusDollars = mode == Mode.LIVE
                ? net.multiply(bonus).divide(HUNDRED, CREDIT_DIGITS, RoundingMode.HALF_UP)
                : BigDecimal.ZERO;
        Money platformFee = Money.of(feeDollars);
        Money netCredited = Money.of(net);
        return new TopUpQuote(
                amount,
                platformFee,
                amount.plus(platformFee),
                netCredited,
                amount.minus(netCredited),
                Money.of(bonusDollars),
                markup,
                bonus,
                fee);
    }
}
