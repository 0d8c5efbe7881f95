package dev.purser.query.wallet;

import dev.purser.domain.Money;
import dev.purser.edge.wire.Times;
import dev.purser.projection.entry.EntryType;
import dev.purser.projection.entry.LedgerEntry;
import dev.purser.projection.entry.LedgerEntry.MeteredUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines of an account statement on the wire; debits say what was used. */
public final class EntryJson {
    private EntryJson() {}

    public static List<Map<String, @Nullable Object>> entries(List<LedgerEntry> entries) {
        return entries.stream().map(EntryJson::entry).toList();
    }

    static Map<String, @Nullable Object> entry(LedgerEntry entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", entry.id());
        json.put("type", entry.type().wireName());
        json.put("amount", entry.amount().toString());
        json.put("balanceAfter", entry.balanceAfter().toString());
        json.put("createdAt", Times.iso(entry.createdAt()));
        json.put("description", entry.description());
        if (entry.type() == EntryType.USAGE_DEBIT) {
            MeteredUsage usage = entry.usage();
            json.put("model", usage == null ? null : usage.model());
            json.put("sessionId", entry.sessionId());
            json.put("requestId", entry.requestId());
            json.put(
                    "tokens",
                    usage == null
                            ? null
                            : tokens(usage.promptTokens(), usage.cachedTokens(), usage.completionTokens()));
            json.put("usageSource", usage == null ? null : usage.source());
            json.put("cost", text(entry.cost()));
            json.put("loss", text(entry.loss()));
        } else if (entry.type() == EntryType.REVERSAL) {
            json.put("loss", text(entry.loss()));
        }
        return json;
    }

    public static Map<String, @Nullable Object> tokens(long prompt, long cached, long completion) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("prompt", prompt);
        json.put("cached", cached);
        json.put("completion", completion);
        return json;
    }

    private static @Nullable String text(@Nullable Money amount) {
        return amount == null ? null : amount.toString();
    }
}
