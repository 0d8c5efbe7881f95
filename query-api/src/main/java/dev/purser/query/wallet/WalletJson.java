package dev.purser.query.wallet;

import dev.purser.domain.Money;
import dev.purser.edge.wire.Times;
import dev.purser.projection.entry.LedgerEntry;
import dev.purser.projection.wallet.WalletBalance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A wallet on the wire, as its backend and as its owner's browser see it. */
final class WalletJson {
    private WalletJson() {}

    static Map<String, @Nullable Object> wallet(WalletBalance wallet) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", wallet.walletId().value());
        json.put("endCustomerId", wallet.customerId().value());
        json.put("balance", wallet.balance().toString());
        json.put("currency", "USD");
        json.put("status", wallet.frozen() ? "frozen" : "active");
        json.put("held", wallet.held().toString());
        json.put("available", wallet.available().toString());
        json.put("mode", wallet.mode().wireName());
        json.put("createdAt", Times.iso(wallet.openedAt()));
        return json;
    }

    static Map<String, @Nullable Object> own(WalletBalance wallet, List<LedgerEntry> recent, Money lifetimeSpend) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("balance", wallet.balance().toString());
        json.put("currency", "USD");
        json.put("held", wallet.held().toString());
        json.put("available", wallet.available().toString());
        json.put("recentLedger", EntryJson.entries(recent));
        json.put("limits", limits(lifetimeSpend));
        return json;
    }

    /** Without a spend limit there is no period either: nothing counts in it. */
    private static Map<String, @Nullable Object> limits(Money lifetimeSpend) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("usageLimit", null);
        json.put("usage", lifetimeSpend.toString());
        json.put("periodUsageLimit", null);
        json.put("periodUsageDurationValue", null);
        json.put("periodUsageDurationUnit", null);
        json.put("currentPeriodUsage", Money.ZERO.toString());
        json.put("currentPeriodStartedAt", null);
        json.put("currentPeriodResetAt", null);
        return json;
    }
}
