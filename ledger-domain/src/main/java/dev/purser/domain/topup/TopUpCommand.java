package dev.purser.domain.topup;

import dev.purser.domain.CustomerId;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a top-up. Repeated, each answers the same view and adds no event, because Stripe says everything
 * several times and in any order.
 */
public sealed interface TopUpCommand extends LedgerCommand<TopUpView> {
    TopUpId topUpId();

    @Override
    default String streamId() {
        return topUpId().value();
    }

    /**
     * Freezes a quote by the wallet's terms, else the project's. Refused with {@code BalanceLimitExceeded} if the credit
     * would not fit; a frozen wallet may be topped up.
     *
     * @param dollars 1…1,000,000
     * @param feePercent the platform's fee, 0…100
     */
    record QuoteTopUp(
            TopUpId topUpId,
            WalletId walletId,
            CustomerId customerId,
            OrganizationId organizationId,
            ProjectId projectId,
            Mode mode,
            int dollars,
            BigDecimal feePercent)
            implements TopUpCommand {
        public static final int MAX_DOLLARS = 1_000_000;
        private static final BigDecimal MAX_FEE_PERCENT = BigDecimal.valueOf(100);

        public QuoteTopUp {
            if (dollars < 1 || dollars > MAX_DOLLARS) {
                throw new IllegalArgumentException("dollars must be between 1 and " + MAX_DOLLARS + ", is " + dollars);
            }
            if (feePercent.signum() < 0 || feePercent.compareTo(MAX_FEE_PERCENT) > 0) {
                throw new IllegalArgumentException("feePercent must be between 0 and 100, is " + feePercent);
            }
        }
    }

    /** Says which payment was made for the quote; the first one counts, the view tells which. */
    record RecordPaymentIntent(TopUpId topUpId, String paymentIntentId) implements TopUpCommand {
        public RecordPaymentIntent {
            requireId("paymentIntentId", paymentIntentId);
        }
    }

    /** Puts the developer's part on record. A settlement does this by itself; moves no money alone. */
    record ApplyMarkup(TopUpId topUpId) implements TopUpCommand {}

    /**
     * The payment succeeded. What does not match the quote is parked; what was announced before is applied after it, in the
     * same append.
     *
     * @param currency ISO 4217 code
     * @param at decides which promotional credits have expired, and the day of the margin
     */
    record SettleTopUp(
            TopUpId topUpId,
            String paymentIntentId,
            @Nullable String chargeId,
            Money received,
            String currency,
            Mode mode,
            Instant at)
            implements TopUpCommand {
        public SettleTopUp {
            requireId("paymentIntentId", paymentIntentId);
            requireId("currency", currency);
        }
    }

    /**
     * Money went back; of another payment than this top-up's own, or said by the Stripe of another mode, it is ignored.
     *
     * @param mode whose Stripe says so
     * @param refundedTotal cumulative, as Stripe's {@code amount_refunded}; only growth counts
     */
    record RefundTopUp(TopUpId topUpId, String paymentIntentId, Mode mode, Money refundedTotal)
            implements TopUpCommand {
        public RefundTopUp {
            requireId("paymentIntentId", paymentIntentId);
            requirePositive(refundedTotal);
        }
    }

    /**
     * The customer's bank takes money back and the wallet is frozen; of another payment or mode it is ignored.
     *
     * @param mode whose Stripe says so
     */
    record DisputeTopUp(TopUpId topUpId, String paymentIntentId, Mode mode, String disputeId, Money amount)
            implements TopUpCommand {
        public DisputeTopUp {
            requireId("paymentIntentId", paymentIntentId);
            requireId("disputeId", disputeId);
            requirePositive(amount);
        }
    }

    /**
     * The dispute is over: its reason to freeze is lifted; won, everything it took comes back. Of another payment or mode it is
     * ignored.
     *
     * @param mode whose Stripe says so
     */
    record ResolveDispute(TopUpId topUpId, String paymentIntentId, Mode mode, String disputeId, boolean won)
            implements TopUpCommand {
        public ResolveDispute {
            requireId("paymentIntentId", paymentIntentId);
            requireId("disputeId", disputeId);
        }
    }

    /** The longest id of Stripe's that is kept. */
    int MAX_ID = 255;

    private static void requireId(String field, String value) {
        if (value.isBlank() || value.length() > MAX_ID) {
            throw new IllegalArgumentException(field + " must have 1 to " + MAX_ID + " characters");
        }
    }

    private static void requirePositive(Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("the amount must be positive, is " + amount);
        }
    }
}
