package dev.purser.projection.access;

import static dev.purser.projection.access.AccessTables.BACKEND_HOLD;
import static dev.purser.projection.access.AccessTables.WALLET;

import dev.purser.domain.HoldId;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletEvent;
import dev.purser.domain.wallet.WalletEvent.CreditReinstated;
import dev.purser.domain.wallet.WalletEvent.CreditReversed;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldExpired;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.HoldRenewed;
import dev.purser.domain.wallet.WalletEvent.LossRecovered;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.domain.wallet.WalletEvent.WalletFrozen;
import dev.purser.domain.wallet.WalletEvent.WalletOpened;
import dev.purser.domain.wallet.WalletEvent.WalletTermsChanged;
import dev.purser.domain.wallet.WalletEvent.WalletUnfrozen;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.projection.access.HoldAccess.HoldStatus;
import java.util.List;

/** Wallets with their reasons to be frozen, and the backends' holds. */
final class WalletRows {
    private WalletRows() {}

    static List<InlineRow> of(String stream, WalletEvent event) {
        return switch (event) {
            case WalletOpened opened ->
                List.of(WALLET.claim(
                        opened.walletId().value(),
                        opened.customerId().value(),
                        opened.projectId().value(),
                        opened.mode().wireName(),
                        false,
                        false,
                        false));
            case WalletFrozen frozen -> List.of(TenantRows.change(WALLET, stream, column(frozen.reason()), true));
            case WalletUnfrozen unfrozen ->
                List.of(TenantRows.change(WALLET, stream, column(unfrozen.reason()), isStillFrozenAlike(unfrozen)));
            case CreditsHeld held ->
                held.origin() == HoldOrigin.BACKEND
                        ? List.of(BACKEND_HOLD.upsert(held.holdId().value(), stream, HoldStatus.OPEN.name()))
                        : List.of();
            // Only the capture of a backend's hold has a row to close: neither a gateway's bill, which counts to a
            // session, nor a debit without a hold, so that the busiest paths write no inline row at all.
            case UsageDebited debited ->
                debited.sessionId() == null && !debited.id().isOfDebit()
                        ? closed(debited.id(), HoldStatus.CAPTURED)
                        : List.of();
            case HoldReleased released -> closed(released.holdId(), HoldStatus.RELEASED);
            case HoldExpired expired -> closed(expired.holdId(), HoldStatus.EXPIRED);
            case HoldRenewed _,
                    WalletCredited _,
                    CreditReversed _,
                    CreditReinstated _,
                    LossRecovered _,
                    WalletTermsChanged _ -> List.of();
        };
    }

    private static List<InlineRow> closed(HoldId hold, HoldStatus status) {
        return List.of(TenantRows.change(BACKEND_HOLD, hold.value(), "status", status.name()));
    }

    /** All disputes share a column. */
    private static String column(FreezeReason reason) {
        if (reason.isDispute()) {
            return "frozen_dispute";
        }
        return reason.equals(FreezeReason.BACKEND) ? "frozen_backend" : "frozen_operator";
    }

    private static boolean isStillFrozenAlike(WalletUnfrozen unfrozen) {
        List<FreezeReason> remaining = unfrozen.remaining();
        return remaining != null
                && remaining.stream().anyMatch(reason -> column(reason).equals(column(unfrozen.reason())));
    }
}
