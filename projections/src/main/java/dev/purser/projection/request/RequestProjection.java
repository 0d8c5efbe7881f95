package dev.purser.projection.request;

import dev.purser.domain.HoldId;
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
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows each gateway call from its hold to its bill; the backends' own holds and debits have no receipt. */
public final class RequestProjection implements Projection {
    @Override
    public String name() {
        return "request";
    }

    @Override
    public List<ReadTable<?>> tables() {
        return List.of(RequestRow.TABLE);
    }

    @Override
    public void apply(Rows rows, List<ProjectedEvent> events) throws SQLException {
        Set<String> ids = new HashSet<>();
        boolean any = false;
        for (ProjectedEvent event : events) {
            HoldId id = event.payload() instanceof WalletEvent walletEvent ? requestOf(walletEvent) : null;
            if (id != null) {
                any = true;
                if (!(event.payload() instanceof CreditsHeld)) {
                    ids.add(id.value());
                }
            }
        }
        if (!any) {
            return;
        }
        Map<String, RequestRow> requests = rows.load(RequestRow.TABLE, ids);
        for (ProjectedEvent event : events) {
            if (event.payload() instanceof WalletEvent walletEvent) {
                add(requests, event, walletEvent);
            }
        }
        rows.store(RequestRow.TABLE, requests.values());
    }

    private static @Nullable HoldId requestOf(WalletEvent event) {
        return switch (event) {
            case CreditsHeld held -> held.origin() == HoldOrigin.GATEWAY ? held.holdId() : null;
            case HoldRenewed renewed -> renewed.holdId();
            case UsageDebited debited -> debited.id();
            case HoldReleased released -> released.holdId();
            case HoldExpired expired -> expired.holdId();
            case WalletOpened _,
                    WalletCredited _,
                    CreditReversed _,
                    CreditReinstated _,
                    LossRecovered _,
                    WalletTermsChanged _,
                    WalletFrozen _,
                    WalletUnfrozen _ -> null;
        };
    }

    private static void add(Map<String, RequestRow> requests, ProjectedEvent event, WalletEvent walletEvent) {
        HoldId id = requestOf(walletEvent);
        if (id == null) {
            return;
        }
        if (walletEvent instanceof CreditsHeld held) {
            requests.put(id.value(), new RequestRow(event, held));
            return;
        }
        RequestRow request = requests.get(id.value());
        if (request == null || !request.takes(event)) {
            return;
        }
        switch (walletEvent) {
            case HoldRenewed renewed -> request.renew(event, renewed.expiresAt());
            case UsageDebited debited -> request.settle(event, debited);
            case HoldReleased _ -> request.close(event, RequestStatus.RELEASED);
            case HoldExpired _ -> request.close(event, RequestStatus.EXPIRED);
            case CreditsHeld _,
                    WalletOpened _,
                    WalletCredited _,
                    CreditReversed _,
                    CreditReinstated _,
                    LossRecovered _,
                    WalletTermsChanged _,
                    WalletFrozen _,
                    WalletUnfrozen _ -> throw new IllegalStateException("cannot be reached");
        }
    }
}
