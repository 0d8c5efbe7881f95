package dev.purser.domain.wallet;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Sealed;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be asked of a wallet. */
public sealed interface WalletCommand<R> extends LedgerCommand<R> {
    WalletId walletId();

    @Override
    default String streamId() {
        return walletId().value();
    }

    record OpenWallet(
            WalletId walletId, CustomerId customerId, OrganizationId organizationId, ProjectId projectId, Mode mode)
            implements WalletCommand<WalletView> {}

    /** Adds money; passes on a frozen wallet too. */
    record CreditWallet(
            WalletId walletId,
            CreditKind kind,
            Money amount,
            @Nullable Sealed reason) implements WalletCommand<WalletView> {
        public CreditWallet {
            requirePositive(amount);
        }
    }

    /**
     * Sets money aside for a call. Zero is a hold too: a free call under way.
     *
     * @param cap null where the session has no cap, or there is no session
     */
    record HoldCredits(
            WalletId walletId,
            HoldId holdId,
            Money amount,
            HoldOrigin origin,
            @Nullable SessionId sessionId,
            @Nullable SessionCap cap,
            @Nullable String model,
            Instant expiresAt)
            implements WalletCommand<WalletView> {
        public HoldCredits {
            requireNotNegative(amount);
            if (cap != null && sessionId == null) {
                throw new IllegalArgumentException("a cap belongs to a session");
            }
        }
    }

    /** Keeps a hold open; {@code used} is what would be billed if nothing were heard of the call again. */
    record RenewHold(
            WalletId walletId,
            HoldId holdId,
            Instant expiresAt,
            Money cost,
            @Nullable Metering used) implements WalletCommand<WalletView> {
        public RenewHold {
            requireNotNegative(cost);
        }
    }

    /** Takes money without a hold; refused when the available balance is short. */
    record DebitUsage(
            WalletId walletId,
            HoldId debitId,
            Money cost,
            @Nullable Metering metering,
            @Nullable Sealed description,
            @Nullable Sealed metadata)
            implements WalletCommand<Debited> {
        public DebitUsage {
            requireNotNegative(cost);
        }
    }

    /**
     * Turns a hold into its true cost and frees the rest in the same event. On a gateway's hold the cost may be above
     * it: then what is still available is taken too, and the remainder is a recorded loss.
     *
     * @param cost null: the whole hold
     */
    record CaptureHold(
            WalletId walletId,
            HoldId holdId,
            HoldOrigin origin,
            @Nullable Money cost,
            @Nullable Metering metering,
            Instant at)
            implements WalletCommand<Debited> {
        public CaptureHold {
            if (cost != null) {
                requireNotNegative(cost);
            }
        }
    }

    record ReleaseHold(WalletId walletId, HoldId holdId, HoldOrigin origin) implements WalletCommand<WalletView> {}

    /** Closes a hold that nobody renewed; bills what its last renewal had on record. */
    record ExpireHold(WalletId walletId, HoldId holdId, Instant at) implements WalletCommand<WalletView> {}

    record FreezeWallet(WalletId walletId, FreezeReason reason) implements WalletCommand<WalletView> {}

    record UnfreezeWallet(WalletId walletId, FreezeReason reason) implements WalletCommand<WalletView> {}

    /** Sets those of the wallet's own terms that {@code changed} names, to null for the project's; the others stay. */
    record ChangeWalletTerms(WalletId walletId, WalletTerms terms, Set<WalletTerms.Term> changed)
            implements WalletCommand<WalletView> {
        public ChangeWalletTerms {
            changed = Set.copyOf(changed);
        }
    }

    private static void requirePositive(Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("the amount must be positive, is " + amount);
        }
    }

    private static void requireNotNegative(Money amount) {
        if (amount.isNegative()) {
            throw new IllegalArgumentException("the amount must not be negative, is " + amount);
        }
    }
}
