package dev.purser.projection.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.books.AccountKind;
import dev.purser.domain.books.Posting;
import dev.purser.domain.books.Postings;
import dev.purser.domain.margin.MarginEvent.MarginAccountOpened;
import dev.purser.domain.payout.PayoutEvent.PayoutRequested;
import dev.purser.domain.topup.TopUpEvent.TopUpQuoted;
import dev.purser.domain.wallet.WalletEvent.WalletOpened;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.log.StoredEvent;
import dev.purser.projection.MoneyHistory;
import dev.purser.projection.ReadModels;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.engine.TableComparison;
import dev.purser.projection.margin.MarginQueries;
import dev.purser.projection.wallet.WalletBalance;
import dev.purser.projection.wallet.WalletQueries;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The laws of the books over the random lives of two organizations, their events spread over days. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrialBalancesTest {
    private static final int STEPS = 400;
    private static final int POSITIONS = 40;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final TestLedger ledger = TestLedger.with(ReadModels.all(TestLedger::unseal));
    private final EventLog log = ledger.engine.log();
    private final DataSource dataSource = ledger.database.dataSource();
    private final TrialBalances balances = new TrialBalances(dataSource, log, ledger.engine.codec());
    private final Map<StoredEvent, Object> events = new LinkedHashMap<>();
    private final MoneyHistory first = new MoneyHistory(ledger, 3, random.nextLong());
    private final MoneyHistory second = new MoneyHistory(ledger, 2, random.nextLong());

    @BeforeAll
    void liveThroughDays() {
        for (int i = 0; i < 4; i++) {
            first.live(STEPS / 4);
            second.live(STEPS / 8);
        }
        // Some hours are busy, some have nothing, and several events have the same time.
        ledger.database.execute("""
            update ledger.event set recorded_at = timestamptz '2026-03-01T00:00:00Z'
                + (global_position / 3) * interval '97 seconds' + (global_position / 200) * interval '5 hours'
            """);
        ledger.projections.start();
        ledger.settle();
        log.after(0, EventLog.MAX_LIMIT).forEach(stored -> events.put(stored, stored.decode(ledger.engine.codec())));
    }

    @AfterAll
    void stop() {
        ledger.close();
    }

    @Test
    void addUpToZeroAndToWhatTheLogSaysAtAnyPosition() {
        long head = log.head();
        LongStream.concat(LongStream.of(0, 1, head - 1, head), random.longs(POSITIONS, 0, head + 1))
                .forEach(position -> {
                    for (MoneyHistory history : List.of(first, second)) {
                        for (Mode mode : Mode.values()) {
                            TrialBalance balance = balances.at(history.organization(), mode, position);
                            assertThat(balance.position()).isEqualTo(position);
                            assertThat(balance.total())
                                    .as("at %d, seed %d", position, seed)
                                    .isEqualTo(Money.ZERO);
                            assertThat(nonZero(balance))
                                    .as("at %d, seed %d", position, seed)
                                    .isEqualTo(scan(history, mode, position));
                        }
                    }
                });
    }

    @Test
    void areThoseOfTheHeadWhenNoPositionIsAskedFor() {
        for (Mode mode : Mode.values()) {
            TrialBalance now = balances.now(first.organization(), mode);

            assertThat(now).as("seed %d", seed).isEqualTo(balances.at(first.organization(), mode, log.head()));
            assertThat(now.accounts().stream().filter(each -> each.balance().isZero()))
                    .as("empty accounts are those that everybody has")
                    .noneMatch(each -> each.account().kind() == AccountKind.WALLET
                            || each.account().kind() == AccountKind.WALLET_HELD);
            assertThat(now.accounts()).hasSizeGreaterThanOrEqualTo(AccountKind.values().length - 2);
        }
    }

    @Test
    void knowTheWalletsAsTheirReadModelDoes() {
        WalletQueries wallets = new WalletQueries(dataSource);
        Map<Mode, Map<String, Money>> books = new HashMap<>();
        for (Mode mode : Mode.values()) {
            books.put(mode, nonZero(balances.now(first.organization(), mode)));
        }
        for (Enrolled customer : first.customers()) {
            WalletBalance wallet = wallets.balance(customer.wallet()).orElseThrow();
            Map<String, Money> accounts = books.getOrDefault(wallet.mode(), Map.of());
            String name = "wallet:" + customer.wallet();
            assertThat(accounts.getOrDefault(name, Money.ZERO))
                    .as("seed %d", seed)
                    .isEqualTo(wallet.available().negated());
            assertThat(accounts.getOrDefault(name + ":held", Money.ZERO))
                    .as("seed %d", seed)
                    .isEqualTo(wallet.held().negated());
        }
    }

    @Test
    void knowTheMarginAsItsReadModelDoesAndLeaveNothingBetweenStreams() {
        MarginQueries margins = new MarginQueries(dataSource);
        for (Mode mode : Mode.values()) {
            Map<String, Money> accounts = nonZero(balances.now(first.organization(), mode));
            String name = (mode == Mode.LIVE ? "margin:" : "margin-test:") + first.organization();

            assertThat(accounts.getOrDefault(name, Money.ZERO))
                    .as("seed %d", seed)
                    .isEqualTo(margins.account(first.organization(), mode)
                            .balance()
                            .negated());
            assertThat(accounts).as("seed %d", seed).doesNotContainKey("topups:settling");
            assertThat(accounts.getOrDefault("payouts:in-flight", Money.ZERO))
                    .as("seed %d", seed)
                    .isEqualTo(margins.account(first.organization(), mode)
                            .inFlight()
                            .negated());
        }
    }

    @Test
    void takeOneRowPerStreamAndHourAndAreTheSameWhenRebuilt() {
        String hours = ledger.database
                .rows("select count(distinct (stream, date_trunc('hour', recorded_at))) from ledger.event")
                .getFirst();
        assertThat(ledger.database
                        .rows("select count(*) from projection.posting_hour")
                        .getFirst())
                .satisfies(rows -> assertThat(Long.parseLong(rows)).isLessThanOrEqualTo(Long.parseLong(hours)));
        assertThat(ledger.database
                        .rows("select count(distinct hour) from projection.posting_hour")
                        .getFirst())
                .satisfies(rows -> assertThat(Long.parseLong(rows)).isGreaterThan(10));

        assertThat(ledger.rebuild().comparisons()).as("seed %d", seed).allMatch(TableComparison::isEqual);
        assertThat(ledger.projections.deadLetters()).isEmpty();
    }

    private static Map<String, Money> nonZero(TrialBalance balance) {
        Map<String, Money> accounts = new TreeMap<>();
        balance.accounts().stream()
                .filter(each -> !each.balance().isZero())
                .forEach(each -> accounts.put(each.account().name(), each.balance()));
        return accounts;
    }

    /** From the events alone. */
    private Map<String, Money> scan(MoneyHistory history, Mode mode, long upTo) {
        Map<String, Boolean> ours = new HashMap<>();
        Map<String, Money> accounts = new TreeMap<>();
        for (StoredEvent stored : events.keySet()) {
            if (stored.position() > upTo) {
                break;
            }
            Object event = events.get(stored);
            String organization = history.organization().value();
            switch (event) {
                case WalletOpened opened ->
                    ours.put(
                            stored.stream(),
                            opened.organizationId().value().equals(organization) && opened.mode() == mode);
                case TopUpQuoted quoted ->
                    ours.put(
                            stored.stream(),
                            quoted.organizationId().value().equals(organization) && quoted.mode() == mode);
                case MarginAccountOpened opened ->
                    ours.put(
                            stored.stream(),
                            opened.organizationId().value().equals(organization) && opened.mode() == mode);
                case PayoutRequested requested ->
                    ours.put(
                            stored.stream(),
                            requested.organizationId().value().equals(organization) && mode == Mode.LIVE);
                default -> {}
            }
            for (Posting posting : Postings.of(event)) {
                if (ours.getOrDefault(stored.stream(), false)) {
                    accounts.merge(name(posting, stored.stream(), organization, mode), posting.amount(), Money::plus);
                }
            }
        }
        accounts.values().removeIf(Money::isZero);
        return accounts;
    }

    private static String name(Posting posting, String stream, String organization, Mode mode) {
        return switch (posting.account()) {
            case STRIPE_CLEARING -> "stripe:clearing";
            case WALLET -> "wallet:" + stream;
            case WALLET_HELD -> "wallet:" + stream + ":held";
            case MARGIN -> (mode == Mode.LIVE ? "margin:" : "margin-test:") + organization;
            case PLATFORM_FEES -> "platform:fees";
            case REVENUE_USAGE -> "revenue:usage";
            case GRANTS -> "grants:" + organization;
            case LOSS_REFUNDS -> "loss:refunds";
            case LOSS_UNDERESTIMATE -> "loss:underestimate";
            case FORFEITED -> "forfeited:" + organization;
            case PAYOUTS_IN_FLIGHT -> "payouts:in-flight";
            case TOPUPS_SETTLING -> "topups:settling";
        };
    }
}
