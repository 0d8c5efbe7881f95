package dev.purser.command.hold;

import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.wallet.Debited;
import dev.purser.domain.wallet.WalletView;
import dev.purser.edge.wire.LedgerJson;
import dev.purser.edge.wire.Times;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds as answers, each with its wallet after the decision. */
final class HoldJson {
    private HoldJson() {}

    static Map<String, @Nullable Object> open(HoldId id, Money amount, Instant expiresAt, WalletView wallet) {
        Map<String, @Nullable Object> json = hold(id, "open", wallet);
        json.put("amount", amount.toString());
        json.put("expiresAt", Times.iso(expiresAt));
        json.put("wallet", LedgerJson.wallet(wallet));
        return json;
    }

    static Map<String, @Nullable Object> captured(Debited debited) {
        Map<String, @Nullable Object> json = hold(debited.id(), "captured", debited.wallet());
        json.put("captured", debited.charged().toString());
        json.put("wallet", LedgerJson.wallet(debited.wallet()));
        return json;
    }

    static Map<String, @Nullable Object> released(HoldId id, WalletView wallet) {
        Map<String, @Nullable Object> json = hold(id, "released", wallet);
        json.put("wallet", LedgerJson.wallet(wallet));
        return json;
    }

    private static Map<String, @Nullable Object> hold(HoldId id, String status, WalletView wallet) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", id.value());
        json.put("walletId", wallet.id().value());
        json.put("status", status);
        return json;
    }
}
