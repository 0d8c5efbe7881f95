package dev.purser.domain.payout;

import dev.purser.domain.LedgerCommand;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.margin.HoldBack;
import java.time.Instant;

/** What can be asked of a payout. Repeated, each answers the same view and adds no event. Only live margin is paid out. */
public sealed interface PayoutCommand extends LedgerCommand<PayoutView> {
    PayoutId payoutId();

    @Override
    default String streamId() {
        return payoutId().value();
    }

    /**
     * Reserves all that is payable, in whole cents. Refused with {@code PayoutBelowMinimum}, and with {@code
     * PayoutInFlight} while another one is.
     *
     * @param destination the connected Stripe account
     */
    record RequestPayout(
            PayoutId payoutId,
            OrganizationId organizationId,
            String destination,
            HoldBack holdBack,
            boolean automatic,
            Instant at)
            implements PayoutCommand {
        public RequestPayout {
            requireText("destination", destination);
        }
    }

    /** The transfer was made. Refused with {@code PayoutNotInFlight} after a failure. */
    record ConfirmPayout(PayoutId payoutId, String transferId) implements PayoutCommand {
        public ConfirmPayout {
            requireText("transferId", transferId);
        }
    }

    /**
     * Nothing was transferred: the margin is restored. With the reason {@link #REVERSED} also after it was paid; with
     * another one it is refused then, with {@code PayoutNotInFlight}.
     */
    record FailPayout(PayoutId payoutId, String reason) implements PayoutCommand {
        public static final String REVERSED = "reversed";

        public FailPayout {
            requireText("reason", reason);
        }
    }

    /** The longest id or reason that is kept. */
    int MAX_TEXT = 500;

    private static void requireText(String field, String value) {
        if (value.isBlank() || value.length() > MAX_TEXT) {
            throw new IllegalArgumentException(field + " must have 1 to " + MAX_TEXT + " characters");
        }
    }
}
