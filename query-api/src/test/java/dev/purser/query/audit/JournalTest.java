package dev.purser.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.edge.Caller;
import dev.purser.projection.MoneyHistory;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.query.QueryApi;
import dev.purser.query.audit.AccountingTools.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * The journals of a busy organization, judged by the accounting programs themselves. {@code -Dpurser.journal.transactions} says
 * how busy it is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalTest {
    private static final int TRANSACTIONS = Integer.getInteger("purser.journal.transactions", 2_000);
    private static final int STEPS_AT_ONCE = 250;
    private static final Pattern END = Pattern.compile("; end, transactions: (\\d+)\n$");
    private static final String MIDDLE = "2026-03-09T11:30:00Z";

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final QueryApi api = new QueryApi();
    private final TestLedger ledger = api.ledger;
    private final MoneyHistory history = new MoneyHistory(ledger, 4, random.nextLong());
    private final MoneyHistory other = new MoneyHistory(ledger, 1, random.nextLong());
    private final Caller.Auditor auditor = api.auditor(history.organization());

    @TempDir
    private Path directory;

    @BeforeAll
    void aBusyFortnight() {
        ledger.projections.stop();
        do {
            history.live(STEPS_AT_ONCE);
            other.live(STEPS_AT_ONCE / 25);
        } while (liveMoneyEvents() < TRANSACTIONS);
        ledger.database.execute("""
            update ledger.event set recorded_at = timestamptz '2026-03-01T00:00:00Z'
                + global_position * (interval '16 days' / (select max(global_position) from ledger.event))
            """);
        // What was projected before the times were changed is projected again.
        ledger.database
                .rows("select 'truncate projection.' || tablename from pg_tables where schemaname = 'projection'")
                .forEach(ledger.database::execute);
        ledger.projections.start();
        ledger.settle();
    }

    private long liveMoneyEvents() {
        return Long.parseLong(
                ledger.database.rows("""
                    select count(*) from ledger.event e join inline.wallet w on w.wallet_id = e.stream
                    join inline.customer c on c.customer_id = w.customer_id
                    where w.mode = 'live' and c.organization_id = '%s'
                      and e.type in ('WalletCredited', 'CreditsHeld', 'HoldReleased', 'HoldExpired', 'CreditReversed')
                    """.formatted(history.organization())).getFirst());
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private String journal(String format, Mode mode, String more) {
        MockHttpServletResponse response =
                api.respond(auditor, "/v1/audit/journal?format=" + format + "&mode=" + mode.wireName() + more);
        assertThat(response.getStatus()).isEqualTo(200);
        return QueryApi.body(response);
    }

    private static long transactions(String journal) {
        Matcher end = END.matcher(journal);
        assertThat(end.find()).as("the journal is whole").isTrue();
        return Long.parseLong(end.group(1));
    }

    private static void assertBusy(String journal, Mode mode) {
        assertThat(transactions(journal)).isGreaterThanOrEqualTo(mode == Mode.LIVE ? TRANSACTIONS : TRANSACTIONS / 4);
    }

    private String file(String journal, String name) throws IOException {
        return Files.writeString(directory.resolve(name), journal).toString();
    }

    private static void assertAccepted(Outcome outcome, long seed) {
        assertThat(outcome.exitCode()).as("seed %d%n%s", seed, outcome.output()).isZero();
        assertThat(outcome.output()).isBlank();
    }

    private void assertHledgerAccepts(String journal) throws IOException {
        assertAccepted(AccountingTools.hledger("-f", file(journal, "books.journal"), "check", "--strict"), seed);
    }

    private void assertBeanCheckAccepts(String journal) throws IOException {
        assertAccepted(AccountingTools.beanCheck("--no-cache", file(journal, "books.beancount")), seed);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void isAcceptedByHledgerStrict(Mode mode) throws IOException {
        String journal = journal("hledger", mode, "");

        assertBusy(journal, mode);
        assertHledgerAccepts(journal);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void isAcceptedByBeanCheck(Mode mode) throws IOException {
        String journal = journal("beancount", mode, "");

        assertBusy(journal, mode);
        assertBeanCheckAccepts(journal);
    }

    @ParameterizedTest
    @CsvSource({
        "&from=2026-03-09T11:30:00Z",
        "&to=2026-03-09T11:30:00Z",
        "&from=2026-03-04T00:00:00Z&to=2026-03-09T11:30:00Z",
        "&from=2999-01-01T00:00:00Z",
        "&to=1999-01-01T00:00:00Z"
    })
    void isAcceptedInParts(String part) throws IOException {
        assertHledgerAccepts(journal("hledger", Mode.LIVE, part));
        assertBeanCheckAccepts(journal("beancount", Mode.LIVE, part));
    }

    @Test
    void hasEveryTransactionInOneOfTwoParts() {
        long whole = transactions(journal("hledger", Mode.LIVE, ""));
        long before = transactions(journal("hledger", Mode.LIVE, "&to=2026-03-09T11:29:59.999Z"));
        long after = transactions(journal("hledger", Mode.LIVE, "&from=" + MIDDLE));

        // The second part begins with one of its own: the balances carried over.
        assertThat(before + after).as("seed %d", seed).isEqualTo(whole + 1);
    }

    @Test
    void isRefusedWithASingleNanoDollarMore() throws IOException {
        String hledger = journal("hledger", Mode.LIVE, "");
        String beancount = journal("beancount", Mode.LIVE, "");
        String firstAmount = firstAmount(hledger);
        BigDecimal more = new BigDecimal(firstAmount).add(new BigDecimal("0.000000001"));

        assertThat(AccountingTools.hledger(
                                "-f",
                                file(
                                        hledger.replaceFirst(
                                                " " + firstAmount + " USD\n", " " + more.toPlainString() + " USD\n"),
                                        "a"),
                                "check",
                                "--strict")
                        .output())
                .contains("could not balance this transaction");
        assertThat(AccountingTools.hledger(
                                "-f",
                                file(hledger.replaceFirst("= (-?[0-9]+)\\b(?!\\.)", "= $1.000000001"), "b"),
                                "check",
                                "--strict")
                        .output())
                .contains("balance assertion");
        assertThat(AccountingTools.hledger(
                                "-f", file(hledger.replaceFirst("account .*\n", ""), "c"), "check", "--strict")
                        .output())
                .contains("undeclared account");
        assertThat(AccountingTools.beanCheck(
                                "--no-cache", file(beancount.replaceFirst("([0-9]) ~ 0 USD", "$11 ~ 0 USD"), "d"))
                        .exitCode())
                .isNotZero();
    }

    private static String firstAmount(String journal) {
        Matcher amount = Pattern.compile("  (\\d[0-9.]*) USD\n").matcher(journal);
        assertThat(amount.find()).isTrue();
        return amount.group(1);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void addsUpToTheTrialBalance(Mode mode) throws IOException {
        Map<String, BigDecimal> shown = trialBalance(mode, "");
        Map<String, BigDecimal> added = new TreeMap<>();
        journal("csv", mode, "").lines().skip(1).forEach(line -> {
            String[] fields = line.split(",", -1);
            added.merge(fields[4], new BigDecimal(fields[5]), BigDecimal::add);
        });
        added.values().removeIf(balance -> balance.signum() == 0);
        Map<String, BigDecimal> byHledger = new TreeMap<>();
        String file = file(journal("hledger", mode, ""), "sum.journal");
        AccountingTools.hledger("-f", file, "balance", "--flat", "-N", "-O", "csv")
                .output()
                .lines()
                .skip(1)
                .map(line -> line.replace("\"", "").split(","))
                .forEach(fields -> byHledger.put(fields[0], new BigDecimal(fields[1].replace(" USD", ""))));

        assertThat(shown).isNotEmpty();
        assertThat(added)
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .as("seed %d", seed)
                .containsOnlyKeys(shown.keySet())
                .allSatisfy((account, balance) -> assertThat(balance).isEqualByComparingTo(shown.get(account)));
        assertThat(byHledger)
                .as("seed %d", seed)
                .containsOnlyKeys(shown.keySet())
                .allSatisfy((account, balance) -> assertThat(balance).isEqualByComparingTo(shown.get(account)));
    }

    private Map<String, BigDecimal> trialBalance(Mode mode, String more) {
        QueryApi.Answer answer = api.ask(auditor, "/v1/audit/trial-balance?mode=" + mode.wireName() + more);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).containsEntry("total", "0");
        Map<String, BigDecimal> balances = new TreeMap<>();
        answer.list("accounts").forEach(account -> {
            BigDecimal balance = new BigDecimal(String.valueOf(account.get("balance")));
            if (balance.signum() != 0) {
                balances.put(String.valueOf(account.get("account")), balance);
            }
        });
        return balances;
    }

    @Test
    void showsNothingOfAnotherOrganizationOrMode() {
        String journal = journal("csv", Mode.LIVE, "") + journal("hledger", Mode.LIVE, "");

        assertThat(other.customers())
                .isNotEmpty()
                .allSatisfy(stranger ->
                        assertThat(journal).doesNotContain(stranger.wallet().value()));
        assertThat(journal).doesNotContain(other.organization().value());
        for (Enrolled own : history.customers()) {
            assertThat(journal.contains(own.wallet().value()))
                    .isEqualTo(own.tenant().mode() == Mode.LIVE);
        }
    }

    @Test
    void ofNobodysMoneyIsEmptyAndWhole() throws IOException {
        OrganizationId nobody = ledger.tenant().organization();
        for (String format : new String[] {"hledger", "beancount"}) {
            String journal = QueryApi.body(api.respond(api.auditor(nobody), "/v1/audit/journal?format=" + format));
            assertThat(transactions(journal)).isZero();
        }
        assertThat(QueryApi.body(api.respond(api.auditor(nobody), "/v1/audit/journal?format=csv")))
                .isEqualTo("position,event,time,type,account,amount,currency\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'',format",
        "format=pdf,format",
        "format=csv&mode=sandbox,mode",
        "format=csv&from=yesterday,from",
        "format=csv&to=2026-03-09,to",
        "format=csv&from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z,to"
    })
    void namesTheParameterThatIsWrong(String query, String field) {
        QueryApi.Answer answer = api.ask(auditor, "/v1/audit/journal?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.badField()).isEqualTo(field);
    }

    @Test
    void comesAsAFile() {
        MockHttpServletResponse response = api.respond(auditor, "/v1/audit/journal?format=csv&mode=test");

        assertThat(response.getContentType()).startsWith("text/csv;charset=utf-8");
        assertThat(response.getHeader("Content-Disposition"))
                .isEqualTo("attachment; filename=\"purser-" + history.organization() + "-test.csv\"");
    }
}
