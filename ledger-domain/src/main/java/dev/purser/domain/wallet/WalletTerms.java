package dev.purser.domain.wallet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.Money;
import dev.purser.domain.project.ProjectSettings;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wallet's own terms; null: the project's apply. The ranges are the project's; construction validates with {@link
 * ProjectSettings.InvalidSetting}, which names the field.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WalletTerms(
        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        BigDecimal markupPercent,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        BigDecimal bonusPercent,

        @Nullable Money lowBalanceThreshold) {
    public static final WalletTerms NONE = new WalletTerms(null, null, null);

    /** One of the terms. */
    public enum Term {
        MARKUP_PERCENT,
        BONUS_PERCENT,
        LOW_BALANCE_THRESHOLD
    }

    public WalletTerms {
        markupPercent = markupPercent == null ? null : ProjectSettings.requireMarkup(markupPercent);
        bonusPercent = bonusPercent == null ? null : ProjectSettings.requireBonus(bonusPercent);
        if (lowBalanceThreshold != null) {
            ProjectSettings.requireThreshold(lowBalanceThreshold);
        }
    }

    WalletTerms with(WalletTerms other, Set<Term> changed) {
        return new WalletTerms(
                changed.contains(Term.MARKUP_PERCENT) ? other.markupPercent : markupPercent,
                changed.contains(Term.BONUS_PERCENT) ? other.bonusPercent : bonusPercent,
                changed.contains(Term.LOW_BALANCE_THRESHOLD) ? other.lowBalanceThreshold : lowBalanceThreshold);
    }
}
