package dev.purser.query.request;

import dev.purser.edge.wire.Times;
import dev.purser.projection.request.Receipt;
import dev.purser.projection.request.Receipt.Bill;
import dev.purser.projection.request.Receipt.Metered;
import dev.purser.query.wallet.EntryJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A receipt on the wire. */
final class ReceiptJson {
    private ReceiptJson() {}

    static Map<String, @Nullable Object> receipt(Receipt receipt) {
        Bill bill = receipt.bill();
        Metered usage = bill == null ? null : bill.usage();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", receipt.requestId());
        json.put("status", receipt.status().wireName());
        json.put("walletId", receipt.walletId().value());
        json.put("sessionId", receipt.sessionId());
        json.put("mode", receipt.mode().wireName());
        json.put("model", receipt.model());
        json.put("currency", "USD");
        json.put("hold", hold(receipt));
        json.put("closedAt", Times.isoOrNull(receipt.closedAt()));
        json.put("capture", bill == null ? null : capture(receipt, bill));
        json.put(
                "tokens",
                usage == null
                        ? null
                        : EntryJson.tokens(usage.promptTokens(), usage.cachedTokens(), usage.completionTokens()));
        json.put("images", usage == null ? null : usage.images());
        json.put("usageSource", usage == null ? null : usage.source());
        json.put("priceVersion", usage == null ? null : usage.priceVersion());
        json.put("provider", usage == null ? null : usage.provider());
        json.put("upstreamId", usage == null ? null : usage.upstreamId());
        json.put("entryId", bill == null ? null : bill.entryId());
        return json;
    }

    private static Map<String, @Nullable Object> hold(Receipt receipt) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("amount", receipt.held().toString());
        json.put("position", receipt.heldPosition());
        json.put("createdAt", Times.iso(receipt.heldAt()));
        json.put("expiresAt", Times.iso(receipt.expiresAt()));
        return json;
    }

    private static Map<String, @Nullable Object> capture(Receipt receipt, Bill bill) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("cost", bill.cost().toString());
        json.put("charged", bill.charged().toString());
        json.put("loss", bill.loss().toString());
        json.put("position", receipt.closedPosition());
        return json;
    }
}
