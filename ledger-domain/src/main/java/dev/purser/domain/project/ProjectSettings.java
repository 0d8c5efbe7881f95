package dev.purser.domain.project;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.Decimals;
import dev.purser.domain.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a project works. Construction validates; the messages name the field.
 *
 * @param markupPercent 0…100, taken at top-up
 * @param bonusPercent 0…1000, live top-ups only
 * @param allowedOrigins exact origins as a browser serialises them; empty: any origin
 * @param dailyGrantLimit what the backend may credit per UTC day and mode; null: unlimited
 * @param defaultMaxTokens output tokens held and sent when a request names none
 * @param brandName who sells, on receipts; null: the project's name
 * @param statementDescriptorSuffix what the customer's bank statement shows, by Stripe's rules
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectSettings(
        boolean endUserSessions,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal markupPercent,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal bonusPercent,
        List<String> allowedOrigins,
        DisconnectPolicy disconnectPolicy,
        Money lowBalanceThreshold,
        @Nullable Money dailyGrantLimit,
        int defaultMaxTokens,
        @Nullable String brandName,
        @Nullable String supportAddress,
        @Nullable String supportEmail,
        @Nullable String statementDescriptorSuffix) {
    public static final int MAX_ORIGINS = 20;
    public static final int MAX_DEFAULT_MAX_TOKENS = 1_000_000;
    public static final ProjectSettings DEFAULTS = new ProjectSettings(
            false,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            List.of(),
            DisconnectPolicy.DRAIN,
            Money.ofDollars(1),
            null,
            4_096);
    private static final int MAX_PERCENT_SCALE = 4;

    public ProjectSettings {
        markupPercent = requireMarkup(markupPercent);
        bonusPercent = requireBonus(bonusPercent);
        allowedOrigins = List.copyOf(allowedOrigins);
        AllowedOrigins.require(allowedOrigins);
        requireThreshold(lowBalanceThreshold);
        if (dailyGrantLimit != null && dailyGrantLimit.isNegative()) {
            throw new InvalidSetting("dailyGrantLimit", "must not be negative");
        }
        if (defaultMaxTokens < 1 || defaultMaxTokens > MAX_DEFAULT_MAX_TOKENS) {
            throw new InvalidSetting("defaultMaxTokens", "must be between 1 and " + MAX_DEFAULT_MAX_TOKENS);
        }
        MerchantSettings.requireText("brandName", brandName, MerchantSettings.MAX_BRAND_NAME);
        MerchantSettings.requireText("supportAddress", supportAddress, MerchantSettings.MAX_SUPPORT_ADDRESS);
        MerchantSettings.requireEmail("supportEmail", supportEmail);
        MerchantSettings.requireSuffix("statementDescriptorSuffix", statementDescriptorSuffix);
    }

    /** Settings that name no brand. */
    public ProjectSettings(
            boolean endUserSessions,
            BigDecimal markupPercent,
            BigDecimal bonusPercent,
            List<String> allowedOrigins,
            DisconnectPolicy disconnectPolicy,
            Money lowBalanceThreshold,
            @Nullable Money dailyGrantLimit,
            int defaultMaxTokens) {
        this(
                endUserSessions,
                markupPercent,
                bonusPercent,
                allowedOrigins,
                disconnectPolicy,
                lowBalanceThreshold,
                dailyGrantLimit,
                defaultMaxTokens,
                null,
                null,
                null,
                null);
    }

    /** The percentage in its one form; refused outside 0…100. */
    public static BigDecimal requireMarkup(BigDecimal percent) {
        return percent("markupPercent", percent, 100);
    }

    /** The percentage in its one form; refused outside 0…1000. */
    public static BigDecimal requireBonus(BigDecimal percent) {
        return percent("bonusPercent", percent, 1_000);
    }

    /** Refuses a negative threshold. */
    public static void requireThreshold(Money threshold) {
        if (threshold.isNegative()) {
            throw new InvalidSetting("lowBalanceThreshold", "must not be negative");
        }
    }

    private static BigDecimal percent(String field, BigDecimal percent, int max) {
        if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw new InvalidSetting(field, "must be between 0 and " + max);
        }
        if (Decimals.canonical(percent).scale() > MAX_PERCENT_SCALE) {
            throw new InvalidSetting(field, "must have at most " + MAX_PERCENT_SCALE + " decimal places");
        }
        return Decimals.canonical(percent);
    }

    /** A setting outside its range. */
    public static final class InvalidSetting extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String field;

        InvalidSetting(String field, String message) {
            super(message);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }
}
