package dev.purser.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.CustomerId;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import dev.purser.domain.books.Posting;
import dev.purser.domain.books.Postings;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.project.DisconnectPolicy;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.topup.TopUpCommand.DisputeTopUp;
import dev.purser.domain.topup.TopUpCommand.QuoteTopUp;
import dev.purser.domain.topup.TopUpCommand.RecordPaymentIntent;
import dev.purser.domain.topup.TopUpCommand.RefundTopUp;
import dev.purser.domain.topup.TopUpCommand.ResolveDispute;
import dev.purser.domain.topup.TopUpCommand.SettleTopUp;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.eventstore.log.StoredEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What Stripe says, said often, in any order and at once, to the real engine. */
class MoneyDeliveryTest {
    private static final OrganizationId ORGANIZATION = new OrganizationId("org1");
    private static final ProjectId PROJECT = new ProjectId("prj1");
    private static final CustomerId CUSTOMER = new CustomerId("cus1");
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final int WALLETS = 3;
    private static final int TOP_UPS = 18;
    private static final int TIMES = 10;
    private static final int CALLERS = 16;

    @Test
    void everyMessageTenTimesInAnyOrderAtOnceGivesTheBooksOfEachOnceInOrder() throws Exception {
        long seed = System.nanoTime();
        try (TestLedger once = TestLedger.with(List.of());
                TestLedger often = TestLedger.with(List.of())) {
            List<LedgerCommand<?>> messages = messages();
            quote(once);
            messages.forEach(once::send);
            quote(often);
            List<LedgerCommand<?>> repeated = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                repeated.addAll(messages);
            }
            Collections.shuffle(repeated, new Random(seed));
            atOnce(often, repeated);

            assertThat(books(often)).as("seed %d", seed).isEqualTo(books(once));
            assertThat(books(once).get("MARGIN MLorg1"))
                    .as("three of each fate: 4, 3, 0, 5, 0 and 5 of the margin are left")
                    .isEqualTo(Money.ofDollars(-3 * (4 + 3 + 5 + 5L)));
        }
    }

    private static void quote(TestLedger ledger) {
        ledger.send(new RegisterOrganization(ORGANIZATION, "Acme"));
        ledger.send(new GrantPromotionalCredits(ORGANIZATION, Money.ofDollars(1_000), null));
        ledger.send(new CreateProject(
                PROJECT,
                ORGANIZATION,
                "Chat",
                new ProjectSettings(
                        true,
                        new BigDecimal("25"),
                        BigDecimal.TEN,
                        List.of(),
                        DisconnectPolicy.DRAIN,
                        Money.ofDollars(1),
                        null,
                        4_096)));
        for (int i = 0; i < WALLETS; i++) {
            ledger.send(new OpenWallet(wallet(i), CUSTOMER, ORGANIZATION, PROJECT, Mode.LIVE));
        }
        for (int i = 0; i < TOP_UPS; i++) {
            ledger.send(new QuoteTopUp(
                    topUp(i),
                    wallet(i % WALLETS),
                    CUSTOMER,
                    ORGANIZATION,
                    PROJECT,
                    Mode.LIVE,
                    25,
                    new BigDecimal("5")));
            ledger.send(new RecordPaymentIntent(topUp(i), intent(i)));
        }
    }

    /** Each top-up is of 26.25 with 5 of margin, and has one of six fates; a fifth of it is a round number everywhere. */
    private static List<LedgerCommand<?>> messages() {
        List<LedgerCommand<?>> messages = new ArrayList<>();
        for (int i = 0; i < TOP_UPS; i++) {
            messages.add(new SettleTopUp(topUp(i), intent(i), "ch" + i, cents(2_625), "usd", Mode.LIVE, AT));
            switch (i % 6) {
                case 0 -> messages.add(refund(i, 525));
                case 1 -> {
                    messages.add(refund(i, 525));
                    messages.add(refund(i, 1_050));
                }
                case 2 -> {
                    messages.add(refund(i, 1_050));
                    messages.add(new DisputeTopUp(topUp(i), intent(i), Mode.LIVE, "dp_" + i, cents(2_625)));
                }
                case 3 -> {
                    messages.add(new DisputeTopUp(topUp(i), intent(i), Mode.LIVE, "dp_" + i, cents(2_625)));
                    messages.add(new ResolveDispute(topUp(i), intent(i), Mode.LIVE, "dp_" + i, true));
                }
                case 4 -> {
                    messages.add(new DisputeTopUp(topUp(i), intent(i), Mode.LIVE, "dp_" + i, cents(2_625)));
                    messages.add(new ResolveDispute(topUp(i), intent(i), Mode.LIVE, "dp_" + i, false));
                }
                default -> {}
            }
        }
        return messages;
    }

    private static void atOnce(TestLedger ledger, List<LedgerCommand<?>> messages)
            throws InterruptedException, ExecutionException {
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> answers = new ArrayList<>();
            for (LedgerCommand<?> message : messages) {
                answers.add(callers.submit(() -> ledger.send(message)));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        }
    }

    /** Per kind of account and stream, without those that are empty. */
    private static Map<String, Money> books(TestLedger ledger) {
        Map<String, Money> books = new TreeMap<>();
        List<StoredEvent> events = ledger.engine.log().after(0, 10_000);
        for (StoredEvent event : events) {
            Object payload = ledger.engine.codec().decode(event.type(), event.revision(), event.payload());
            for (Posting posting : Postings.of(payload)) {
                books.merge(posting.account() + " " + event.stream(), posting.amount(), Money::plus);
            }
        }
        books.values().removeIf(Money::isZero);
        return books;
    }

    private static RefundTopUp refund(int topUp, long cents) {
        return new RefundTopUp(topUp(topUp), intent(topUp), Mode.LIVE, cents(cents));
    }

    private static Money cents(long cents) {
        return new Money(cents * 10_000_000L);
    }

    private static WalletId wallet(int number) {
        return new WalletId("wal" + number);
    }

    private static TopUpId topUp(int number) {
        return new TopUpId("tup" + number);
    }

    private static String intent(int topUp) {
        return "pi_" + topUp;
    }
}
