package dev.purser.domain.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Sealed;
import dev.purser.domain.SessionId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a wallet. {@code balance} is the wallet's money after the event, held money included: readers need
 * not add up, and whoever does can compare.
 */
public sealed interface WalletEvent {
    record WalletOpened(
            WalletId walletId, CustomerId customerId, OrganizationId organizationId, ProjectId projectId, Mode mode)
            implements WalletEvent {}

    /** {@code topUpId}: the top-up that settled, null for the backend's adjustments. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WalletCredited(
            CreditKind kind,
            Money amount,
            Money balance,
            @Nullable Sealed reason,
            @Nullable TopUpId topUpId) implements WalletEvent {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CreditsHeld(
            HoldId holdId,
            Money amount,
            HoldOrigin origin,
            @Nullable SessionId sessionId,
            @Nullable SessionCap cap,
            @Nullable String model,
            Instant expiresAt)
            implements WalletEvent {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HoldRenewed(
            HoldId holdId,
            Instant expiresAt,
            Money cost,
            @Nullable Metering used) implements WalletEvent {}

    /**
     * A bill. Closes the hold of the same id, if there is one, and frees what it did not need.
     *
     * @param id the hold's id, or the debit's own where there was no hold
     * @param cost the true cost
     * @param charged what the wallet paid; {@code cost - charged} is a loss
     * @param held what the hold had set aside; null: there was none, or it had expired
     * @param sessionId the session whose spend this counts to, null for the backend's own debits
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UsageDebited(
            HoldId id,
            Money cost,
            Money charged,
            Money balance,
            @Nullable Money held,
            @Nullable SessionId sessionId,
            @Nullable Metering metering,
            @Nullable Sealed description,
            @Nullable Sealed metadata)
            implements WalletEvent {}

    /** {@code held}: what the hold had set aside. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HoldReleased(HoldId holdId, @Nullable Money held) implements WalletEvent {}

    /** {@code held}: what the hold had set aside. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HoldExpired(HoldId holdId, @Nullable Money held) implements WalletEvent {}

    record WalletFrozen(FreezeReason reason) implements WalletEvent {}

    /** {@code remaining}: the reasons for which it is still frozen; null: not on record. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WalletUnfrozen(FreezeReason reason, @Nullable List<FreezeReason> remaining) implements WalletEvent {
        public WalletUnfrozen {
            remaining = remaining == null ? null : List.copyOf(remaining);
        }
    }

    /**
     * A credit goes back, because its payment does.
     *
     * @param asked the part of the credit that goes back
     * @param reversed what the wallet had for it; {@code asked - reversed} is spent already: of a top-up a loss, of a bonus
     *     given for good
     */
    record CreditReversed(TopUpId topUpId, CreditKind kind, Money asked, Money reversed, Money balance)
            implements WalletEvent {}

    /**
     * A reversed credit comes back, because the dispute is won.
     *
     * @param amount what the wallet had given back, later recoveries included
     * @param recoveredLoss what it had not; paid to nobody, as it was spent then
     * @param recovered the part of {@code amount} that was recovered later; null: nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CreditReinstated(
            TopUpId topUpId,
            CreditKind kind,
            Money amount,
            Money recoveredLoss,
            Money balance,
            @Nullable Money recovered)
            implements WalletEvent {}

    /** Money that was held when a top-up's credit was reversed has come free, and goes back after all. */
    record LossRecovered(TopUpId topUpId, Money amount, Money balance) implements WalletEvent {}

    /** The wallet's own terms as they are from now on, whole. */
    record WalletTermsChanged(WalletTerms terms) implements WalletEvent {}
}
