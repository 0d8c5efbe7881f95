package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** All entries of a wallet's ledger, newest first, read page by page. */
record LedgerEntries(List<JsonNode> entries) {
    static LedgerEntries of(Api backend, String walletId, int pageSize) {
        List<JsonNode> entries = new ArrayList<>();
        String path = "/v1/wallets/" + walletId + "/ledger?limit=" + pageSize;
        String next = path;
        while (true) {
            Answer page = backend.get(next).expect(200);
            JsonNode list = page.at("/entries");
            assertThat(list.size()).isLessThanOrEqualTo(pageSize);
            list.forEach(entries::add);
            JsonNode cursor = page.at("/nextCursor");
            if (cursor.isNull()) {
                return new LedgerEntries(entries);
            }
            next = path + "&cursor=" + cursor.stringValue();
        }
    }

    static LedgerEntries of(Tenant tenant, String walletId) {
        return of(tenant.backend(), walletId, 200);
    }

    BigDecimal sum() {
        return entries.stream().map(LedgerEntries::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    LedgerEntries ofType(String type) {
        return new LedgerEntries(entries.stream()
                .filter(entry -> entry.path("type").stringValue().equals(type))
                .toList());
    }

    static BigDecimal amount(JsonNode entry) {
        return new BigDecimal(entry.path("amount").stringValue());
    }

    /** Each entry's balance is the older one's plus its own amount. */
    void assertTheyAddUp() {
        BigDecimal balance = BigDecimal.ZERO;
        for (JsonNode entry : entries.reversed()) {
            balance = balance.add(amount(entry));
            assertThat(new BigDecimal(entry.path("balanceAfter").stringValue()))
                    .as("balanceAfter of %s", entry)
                    .isEqualByComparingTo(balance);
        }
    }
}
