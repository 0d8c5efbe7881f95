package dev.purser.projection.wallet;

import dev.purser.domain.HoldId;
import dev.purser.domain.wallet.CreditKind;
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
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Balance, held money and lifetime figures of every wallet, and all holds. */
public final class WalletProjection implements Projection {
    @Override
    public String name() {
        return "wallet";
    }

    @Override
    public List<ReadTable<?>> tables() {
        return List.of(WalletRow.TABLE, HoldRow.TABLE, FreezeChange.TABLE);
    }

    @Override
    public void apply(Rows rows, List<ProjectedEvent> events) throws SQLException {
        Set<String> walletIds = new HashSet<>();
        Set<String> holdIds = new HashSet<>();
        boolean any = false;
        for (ProjectedEvent event : events) {
            if (event.payload() instanceof WalletEvent walletEvent) {
                if (!(walletEvent instanceof WalletOpened)) {
                    walletIds.add(event.stream());
                }
                any = true;
                switch (walletEvent) {
                    case HoldRenewed renewed -> holdIds.add(renewed.holdId().value());
                    case UsageDebited debited -> holdIds.add(debited.id().value());
                    case HoldReleased released -> holdIds.add(released.holdId().value());
                    case HoldExpired expired -> holdIds.add(expired.holdId().value());
                    case WalletOpened _,
                            WalletCredited _,
                            CreditsHeld _,
                            WalletFrozen _,
                            WalletUnfrozen _,
                            CreditReversed _,
                            CreditReinstated _,
                            LossRecovered _,
                            WalletTermsChanged _ -> {}
                }
            }
        }
        if (!any) {
            return;
        }
        Fold fold =
                new Fold(rows.load(WalletRow.TABLE, walletIds), rows.load(HoldRow.TABLE, holdIds), new ArrayList<>());
        for (ProjectedEvent event : events) {
            if (event.payload() instanceof WalletEvent walletEvent) {
                fold.add(event, walletEvent);
            }
        }
        rows.store(WalletRow.TABLE, fold.wallets.values());
        rows.store(HoldRow.TABLE, fold.holds.values());
        rows.append(FreezeChange.TABLE, fold.freezes);
    }

    private record Fold(Map<String, WalletRow> wallets, Map<String, HoldRow> holds, List<FreezeChange> freezes) {
        void add(ProjectedEvent event, WalletEvent walletEvent) {
            if (walletEvent instanceof WalletOpened opened) {
                wallets.computeIfAbsent(event.stream(), _ -> new WalletRow(event, opened));
                return;
            }
            WalletRow wallet = wallets.get(event.stream());
            if (wallet == null) {
                throw new IllegalStateException("wallet " + event.stream() + " was never opened");
            }
            if (wallet.has(event)) {
                return;
            }
            switch (walletEvent) {
                case WalletOpened _ -> throw new IllegalStateException("cannot be reached");
                case WalletCredited credited ->
                    wallet.credit(
                            credited.amount().nanos(), credited.balance().nanos(), credited.kind() == CreditKind.TOPUP);
                case CreditsHeld held ->
                    holds.put(
                            held.holdId().value(),
                            new HoldRow(event, held, wallet.hold(held.amount().nanos())));
                case HoldRenewed renewed -> {
                    HoldRow hold = holds.get(renewed.holdId().value());
                    if (hold != null && hold.isOpenIn(event.stream())) {
                        hold.renew(event, renewed.expiresAt());
                    }
                }
                case UsageDebited debited -> {
                    close(event, debited.id(), wallet);
                    wallet.debit(debited.charged().nanos(), debited.balance().nanos());
                }
                case HoldReleased released -> close(event, released.holdId(), wallet);
                case HoldExpired expired -> close(event, expired.holdId(), wallet);
                case CreditReversed reversed ->
                    wallet.balance(reversed.balance().nanos());
                case CreditReinstated reinstated ->
                    wallet.balance(reinstated.balance().nanos());
                case LossRecovered recovered ->
                    wallet.balance(recovered.balance().nanos());
                case WalletTermsChanged _ -> {}
                case WalletFrozen frozen -> freezes.add(FreezeChange.of(event, frozen.reason(), true));
                case WalletUnfrozen unfrozen -> freezes.add(FreezeChange.of(event, unfrozen.reason(), false));
            }
            wallet.reach(event);
        }

        /** A debit without a hold, and the bill of a hold that has expired, find nothing to free. */
        private void close(ProjectedEvent event, HoldId id, WalletRow wallet) {
            HoldRow hold = holds.get(id.value());
            if (hold != null && hold.isOpenIn(event.stream())) {
                hold.close(event, wallet.free(hold.amount()));
            }
        }
    }
}
