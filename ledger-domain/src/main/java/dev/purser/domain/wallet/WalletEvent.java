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
import dev.purser.domain.WalletId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a wallet. {@code balance} is the wallet's money after the event, held money included: readers need
 * not add up, and whoever does can compare.
 */
public sealed interface WalletEvent {
    record WalletOpened(
            WalletId walletId, CustomerId customerId, OrganizationId organizationId, ProjectId projectId, Mode mode)
            implements WalletEvent {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WalletCredited(
            CreditKind kind,
            Money amount,
            Money balance,
            @Nullable Sealed reason) implements WalletEvent {}

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
     * @param sessionId the session whose spend this counts to, null for the backend's own debits
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UsageDebited(
            HoldId id,
            Money cost,
            Money charged,
            Money balance,
            @Nullable SessionId sessionId,
            @Nullable Metering metering,
            @Nullable Sealed description,
            @Nullable Sealed metadata)
            implements WalletEvent {}

    record HoldReleased(HoldId holdId) implements WalletEvent {}

    record HoldExpired(HoldId holdId) implements WalletEvent {}

    record WalletFrozen(FreezeReason reason) implements WalletEvent {}

    record WalletUnfrozen(FreezeReason reason) implements WalletEvent {}
}
