package dev.purser.projection.access;

import static dev.purser.projection.access.AccessTables.BACKEND_HOLD;
import static dev.purser.projection.access.AccessTables.WALLET;

import dev.purser.domain.HoldId;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletEvent;
import dev.purser.domain.wallet.WalletEvent.CreditsHeld;
import dev.purser.domain.wallet.WalletEvent.HoldExpired;
import dev.purser.domain.wallet.WalletEvent.HoldReleased;
import dev.purser.domain.wallet.WalletEvent.HoldRenewed;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.domain.wallet.WalletEvent.WalletFrozen;
import dev.purser.domain.wallet.WalletEvent.WalletOpened;
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
                List.of(TenantRows.change(WALLET, stream, column(unfrozen.reason()), false));
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
            case HoldRenewed _ -> List.of();
            case WalletCredited _ -> List.of();
        };
    }

    private static List<InlineRow> closed(HoldId hold, HoldStatus status) {
        return List.of(TenantRows.change(BACKEND_HOLD, hold.value(), "status", status.name()));
    }

    private static String column(FreezeReason reason) {
        return switch (reason) {
            case BACKEND -> "frozen_backend";
            case OPERATOR -> "frozen_operator";
            case DISPUTE -> "frozen_dispute";
        };
    }
}
