package dev.purser.projection.wallet;

import dev.purser.domain.HoldId;
import dev.purser.domain.wallet.CreditKind;
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
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.engine.Projection;
import java.sql.Connection;
import java.sql.SQLException;
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
    public List<String> tables() {
        return List.of(WalletRow.TABLE.name(), HoldRow.TABLE.name(), FreezeHistory.TABLE);
    }

    @Override
    public void apply(Connection connection, List<ProjectedEvent> events) throws SQLException {
        Set<String> walletIds = new HashSet<>();
        Set<String> holdIds = new HashSet<>();
        for (ProjectedEvent event : events) {
            if (event.payload() instanceof WalletEvent walletEvent) {
                walletIds.add(event.stream());
                switch (walletEvent) {
                    case HoldRenewed renewed -> holdIds.add(renewed.holdId().value());
                    case UsageDebited debited -> holdIds.add(debited.id().value());
                    case HoldReleased released -> holdIds.add(released.holdId().value());
                    case HoldExpired expired -> holdIds.add(expired.holdId().value());
                    case WalletOpened _, WalletCredited _, CreditsHeld _, WalletFrozen _, WalletUnfrozen _ -> {}
                }
            }
        }
        if (walletIds.isEmpty()) {
            return;
        }
        Fold fold = new Fold(
                WalletRow.TABLE.load(connection, walletIds),
                HoldRow.TABLE.load(connection, holdIds),
                new FreezeHistory());
        for (ProjectedEvent event : events) {
            if (event.payload() instanceof WalletEvent walletEvent) {
                fold.add(event, walletEvent);
            }
        }
        WalletRow.TABLE.store(connection, fold.wallets.values());
        HoldRow.TABLE.store(connection, fold.holds.values());
        fold.freezes.store(connection);
    }

    private record Fold(Map<String, WalletRow> wallets, Map<String, HoldRow> holds, FreezeHistory freezes) {
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
                case WalletFrozen frozen -> freezes.add(event, frozen.reason(), true);
                case WalletUnfrozen unfrozen -> freezes.add(event, unfrozen.reason(), false);
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
