package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who writes and then reads sees what was written. */
class ReadingIT {
    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);

    @Test
    void aReadRightAfterAWriteShowsIt() {
        Minted minted = tenant.mint();
        String wallet = "/v1/wallets/" + minted.walletId();
        for (int cents = 1; cents <= 40; cents++) {
            tenant.credit(minted.walletId(), "0.01");
            BigDecimal expected = BigDecimal.valueOf(cents, 2);
            List<Answer> reads = List.of(
                    tenant.backend().get(wallet),
                    minted.browser().get("/v1/wallet/balance"),
                    tenant.backend().get(wallet + "/ledger?limit=1"),
                    tenant.backend().get("/v1/customers/" + minted.customerId()),
                    tenant.backend().get("/v1/customers?limit=1"));
            List<String> pointers = List.of(
                    "/balance",
                    "/balance",
                    "/entries/0/balanceAfter",
                    "/wallet/balance",
                    "/customers/0/wallet/balance");
            for (int read = 0; read < reads.size(); read++) {
                Answer answer = reads.get(read).expect(200);
                assertThat(answer.money(pointers.get(read)))
                        .as(answer.request())
                        .isEqualByComparingTo(expected);
                assertThat(answer.header("X-Ledger-Stale")).as(answer.request()).isEmpty();
            }
        }
    }

    @Test
    void theBalanceAtATimeIsTheOneOfThatTime() {
        Minted minted = tenant.mint();
        String wallet = "/v1/wallets/" + minted.walletId();
        List<Instant> times = new ArrayList<>();
        for (int dollars = 1; dollars <= 4; dollars++) {
            tenant.credit(minted.walletId(), 1);
            String recorded =
                    tenant.backend().get(wallet + "/ledger?limit=1").expect(200).text("/entries/0/createdAt");
            times.add(Instant.parse(recorded));
        }
        // What is shown with a time is found by it; two credits in one millisecond cannot be told apart by it.
        for (int index = 0; index < times.size(); index++) {
            boolean last = index + 1 == times.size();
            if (last || times.get(index + 1).isAfter(times.get(index))) {
                assertThat(tenant.backend()
                                .get(wallet + "?at=" + times.get(index))
                                .expect(200)
                                .money("/balance"))
                        .isEqualByComparingTo(BigDecimal.valueOf(index + 1));
            }
        }
        assertThat(tenant.backend()
                        .get(wallet + "?at=" + times.getLast().plusSeconds(3_600))
                        .expect(200)
                        .money("/balance"))
                .isEqualByComparingTo("4");
    }

    @Test
    void theLedgerReadPageByPageIsCompleteAndStable() {
        Minted minted = tenant.mint();
        for (int number = 0; number < 23; number++) {
            tenant.credit(minted.walletId(), "0.5");
            tenant.backend()
                    .post("/v1/wallets/" + minted.walletId() + "/debit", Json.object("amount", "0.25"))
                    .expect(200);
        }
        LedgerEntries inOnePage = LedgerEntries.of(tenant, minted.walletId());
        assertThat(inOnePage.entries()).hasSize(46);
        inOnePage.assertTheyAddUp();
        for (int pageSize : new int[] {1, 7, 45, 46, 47}) {
            assertThat(LedgerEntries.of(tenant.backend(), minted.walletId(), pageSize)
                            .entries())
                    .as("pages of %d", pageSize)
                    .isEqualTo(inOnePage.entries());
        }
        Answer debits = tenant.backend()
                .get("/v1/wallets/" + minted.walletId() + "/ledger?limit=200&type=usage_debit")
                .expect(200);
        assertThat(debits.at("/entries").size()).isEqualTo(23);
    }

    @Test
    void whatComesInMeanwhileDoesNotShiftThePages() {
        Minted minted = tenant.mint();
        for (int number = 0; number < 10; number++) {
            tenant.credit(minted.walletId(), 1);
        }
        String path = "/v1/wallets/" + minted.walletId() + "/ledger?limit=5";
        Answer first = tenant.backend().get(path).expect(200);
        tenant.credit(minted.walletId(), 1);
        Answer second = tenant.backend()
                .get(path + "&cursor=" + first.text("/nextCursor"))
                .expect(200);
        List<String> ids = new ArrayList<>();
        first.at("/entries").forEach(entry -> ids.add(entry.path("id").stringValue()));
        second.at("/entries").forEach(entry -> ids.add(entry.path("id").stringValue()));
        assertThat(ids).hasSize(10).doesNotHaveDuplicates();
        assertThat(second.money("/entries/4/balanceAfter")).isEqualByComparingTo("1");
    }

    @Test
    void customersAreListedNewestFirstAndFound() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 7; number++) {
            Map<String, Object> customer =
                    Json.object("externalId", "page-" + number, "email", "page" + number + "@example.com");
            ids.addFirst(tenant.mint(Json.object("customer", customer)).customerId());
        }
        List<String> listed = new ArrayList<>();
        for (int offset = 0; offset < 9; offset += 3) {
            Answer page = tenant.backend()
                    .get("/v1/customers?limit=3&offset=" + offset)
                    .expect(200);
            assertThat(page.number("/total")).isEqualTo(7);
            for (JsonNode customer : page.at("/customers")) {
                listed.add(customer.path("id").stringValue());
            }
        }
        assertThat(listed).isEqualTo(ids);
        Answer byExternalId =
                tenant.backend().get("/v1/customers?externalId=page-3").expect(200);
        assertThat(byExternalId.text("/customers/0/id")).isEqualTo(ids.get(3));
        assertThat(byExternalId.at("/customers").size()).isEqualTo(1);
        Answer byText = tenant.backend().get("/v1/customers?q=page5%40example").expect(200);
        assertThat(byText.text("/customers/0/email")).isEqualTo("page5@example.com");
        assertThat(byText.at("/customers").size()).isEqualTo(1);
        assertThat(tenant.testBackend()
                        .get("/v1/customers")
                        .expect(200)
                        .at("/customers")
                        .size())
                .as("the other mode is another world")
                .isZero();
    }

    @Test
    void laterEmailAndNameUpdateTheCustomer() {
        Minted first = tenant.mint(Json.object("customer", Json.object("externalId", "changes", "name", "Before")));
        tenant.mint(Json.object(
                "customer", Json.object("externalId", "changes", "name", "After", "email", "after@example.com")));
        tenant.mint(Json.object("customer", "changes"));
        Answer customer =
                tenant.backend().get("/v1/customers/" + first.customerId()).expect(200);
        assertThat(customer.text("/name")).isEqualTo("After");
        assertThat(customer.text("/email")).isEqualTo("after@example.com");
        assertThat(customer.text("/status")).isEqualTo("active");
    }
}
