package dev.purser.projection.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.TopUpId;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.ResolveDispute;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.entry.LedgerEntry.MeteredUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntryQueriesTest {
    private static final Money ONE = Money.ofDollars(1);

    private final TestLedger ledger = TestLedger.start();
    private final EntryQueries queries = new EntryQueries(ledger.database.dataSource());
    private Enrolled customer = ledger.enrol(ledger.tenant(), "first");

    @BeforeEach
    void aCustomerOfItsOwn() {
        customer = ledger.enrol(ledger.tenant(), "a");
    }

    @AfterAll
    void stop() {
        ledger.close();
    }

    @Test
    void aCreditShowsItsKindAndReason() {
        ledger.credit(customer.wallet(), CreditKind.ADJUSTMENT, Money.ofDollars(5), "trial");
        ledger.credit(customer.wallet(), CreditKind.TOPUP, ONE, null);
        ledger.credit(customer.wallet(), CreditKind.BONUS, ONE, "erased");

        List<LedgerEntry> entries = newest(10);

        assertThat(entries)
                .extracting(LedgerEntry::type)
                .containsExactly(EntryType.BONUS, EntryType.TOPUP, EntryType.ADJUSTMENT);
        assertThat(entries).extracting(LedgerEntry::description).containsExactly(null, null, "trial");
        assertThat(entries)
                .extracting(LedgerEntry::balanceAfter)
                .containsExactly(Money.ofDollars(7), Money.ofDollars(6), Money.ofDollars(5));
        assertThat(entries.getLast().usage()).isNull();
    }

    @Test
    void aGatewaysBillShowsWhatWasUsedAndWhatWasLost() {
        ledger.credit(customer.wallet(), 2);
        HoldId request = ledger.call(customer, ONE, Money.ofDollars(3));

        LedgerEntry bill = newest(1).getFirst();

        assertThat(bill.type()).isEqualTo(EntryType.USAGE_DEBIT);
        assertThat(bill.amount()).isEqualTo(Money.ofDollars(-2));
        assertThat(bill.balanceAfter()).isEqualTo(Money.ZERO);
        assertThat(bill.cost()).isEqualTo(Money.ofDollars(3));
        assertThat(bill.loss()).isEqualTo(ONE);
        assertThat(bill.requestId()).isEqualTo(request.value());
        assertThat(bill.sessionId()).isEqualTo(customer.session().value());
        assertThat(bill.usage()).isEqualTo(new MeteredUsage("gpt-x", 120, 20, 30, "provider"));
        assertThat(bill.id()).startsWith("ent").hasSize(25);
    }

    @Test
    void aFreeCallHasAnEntryToo() {
        ledger.call(customer, Money.ZERO, Money.ZERO);

        assertThat(newest(10)).singleElement().satisfies(entry -> {
            assertThat(entry.amount()).isEqualTo(Money.ZERO);
            assertThat(entry.usage()).isNotNull();
        });
    }

    @Test
    void aBackendsDebitShowsItsDescriptionAndNoRequest() {
        ledger.credit(customer.wallet(), 2);
        ledger.send(new DebitUsage(
                customer.wallet(), new HoldId(Ids.next("dbt")), ONE, null, TestLedger.seal("by hand"), null));
        HoldId hold =
                ledger.hold(customer, HoldOrigin.BACKEND, ONE, Instant.now().plusSeconds(60));
        ledger.capture(customer, hold, HoldOrigin.BACKEND, ONE);

        assertThat(newest(2)).extracting(LedgerEntry::description).containsExactly(null, "by hand");
        assertThat(newest(2)).allSatisfy(entry -> {
            assertThat(entry.requestId()).isNull();
            assertThat(entry.usage()).isNull();
            assertThat(entry.loss()).isEqualTo(Money.ZERO);
        });
    }

    @Test
    void whatGoesBackOfACreditIsAReversalThatShowsWhatWasLost() {
        TopUpId topUp = topUpOfTen();
        ledger.call(customer, ONE, ONE);
        ledger.send(new DisputeTopUp(topUp, "pi_1", customer.tenant().mode(), "dp_1", Money.ofDollars(10)));
        ledger.send(new ResolveDispute(topUp, "pi_1", customer.tenant().mode(), "dp_1", true));

        LedgerEntry reinstated = newest(2).getFirst();
        LedgerEntry reversed = newest(2).getLast();

        assertThat(reversed.type()).isEqualTo(EntryType.REVERSAL);
        assertThat(reversed.amount()).isEqualTo(Money.ofDollars(-9));
        assertThat(reversed.balanceAfter()).isEqualTo(Money.ZERO);
        assertThat(reversed.loss()).isEqualTo(ONE);
        assertThat(reversed.cost()).isNull();
        assertThat(reinstated.type()).isEqualTo(EntryType.REVERSAL);
        assertThat(reinstated.amount()).isEqualTo(Money.ofDollars(9));
        assertThat(reinstated.balanceAfter()).isEqualTo(Money.ofDollars(9));
        assertThat(reinstated.loss()).isEqualTo(ONE.negated());
    }

    @Test
    void whatComesFreeAfterAReversalIsTheRestOfIt() {
        TopUpId topUp = topUpOfTen();
        HoldId hold =
                ledger.hold(customer, HoldOrigin.GATEWAY, ONE, Instant.now().plusSeconds(60));
        ledger.send(new RefundTopUp(topUp, "pi_1", customer.tenant().mode(), Money.ofDollars(10)));
        ledger.send(new ReleaseHold(customer.wallet(), hold, HoldOrigin.GATEWAY));

        LedgerEntry rest = newest(2).getFirst();
        assertThat(newest(2).getLast().loss()).isEqualTo(ONE);
        assertThat(rest.type()).isEqualTo(EntryType.REVERSAL);
        assertThat(rest.amount()).isEqualTo(ONE.negated());
        assertThat(rest.balanceAfter()).isEqualTo(Money.ZERO);
        assertThat(rest.loss()).isEqualTo(ONE.negated());
    }

    private TopUpId topUpOfTen() {
        TopUpId topUp = new TopUpId(Ids.next("tup"));
        ledger.send(new QuoteTopUp(
                topUp,
                customer.wallet(),
                customer.customer(),
                customer.tenant().organization(),
                customer.tenant().project(),
                customer.tenant().mode(),
                10,
                BigDecimal.ZERO));
        ledger.send(new SettleTopUp(
                topUp,
                "pi_1",
                null,
                Money.ofDollars(10),
                "usd",
                customer.tenant().mode(),
                Instant.now()));
        return topUp;
    }

    @Test
    void pagesStayStableWhileNewEntriesCome() {
        for (int i = 0; i < 7; i++) {
            ledger.credit(customer.wallet(), 1);
        }
        List<LedgerEntry> all = newest(100);
        List<LedgerEntry> paged = new ArrayList<>(newest(3));
        ledger.credit(customer.wallet(), 1);
        ledger.settle();
        while (true) {
            List<LedgerEntry> page =
                    queries.before(customer.wallet(), null, paged.getLast().position(), 3);
            if (page.isEmpty()) {
                break;
            }
            paged.addAll(page);
        }

        assertThat(paged).isEqualTo(all).hasSize(7);
    }

    @Test
    void onlyOneTypeIsShownWhenAskedFor() {
        ledger.credit(customer.wallet(), CreditKind.TOPUP, ONE, null);
        ledger.credit(customer.wallet(), CreditKind.BONUS, ONE, null);
        ledger.call(customer, ONE, ONE);
        ledger.settle();

        for (EntryType type : EntryType.values()) {
            List<LedgerEntry> entries = queries.before(customer.wallet(), type, Long.MAX_VALUE, 10);
            assertThat(entries).extracting(LedgerEntry::type).allMatch(type::equals);
            assertThat(entries).hasSize(type == EntryType.ADJUSTMENT || type == EntryType.REVERSAL ? 0 : 1);
        }
    }

    @Test
    void idsAreTheEventsUuidsInBase62() {
        assertThat(EntryIds.of(new UUID(0, 0))).isEqualTo("ent0000000000000000000000");
        assertThat(EntryIds.of(new UUID(0, 61))).isEqualTo("ent000000000000000000000z");
        assertThat(EntryIds.of(new UUID(0, 62))).isEqualTo("ent0000000000000000000010");
        assertThat(EntryIds.of(new UUID(-1, -1))).isEqualTo("ent7n42DGM5Tflk9n8mt7Fhc7");
    }

    private List<LedgerEntry> newest(int limit) {
        ledger.settle();
        return queries.newest(customer.wallet(), limit);
    }
}
