package dev.purser.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.domain.wallet.WalletEvent.WalletCredited;
import dev.purser.projection.LedgerAssembly;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The process is killed in the middle of its work: what it has acknowledged is there, once, whatever is asked again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashIT {
    private static final int ROUNDS = 2;
    private static final int CALLERS = 32;
    private static final int WALLETS = 6;
    private static final Product PRODUCT = new Product("crash", Map.of());
    private static final Minted SHORT_LIVED =
            Tenant.of(PRODUCT).mint(Json.object("customer", "short-lived", "ttlSeconds", 60));

    private final long seed = Long.getLong("purser.e2e.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Tenant tenant = Tenant.of(PRODUCT);
    private final List<String> wallets = IntStream.range(0, WALLETS)
            .mapToObj(_ -> tenant.mintWith(1).walletId())
            .toList();
    private final List<CrashLoad.Sent> everything = new ArrayList<>();

    @AfterAll
    static void stopTheProduct() {
        PRODUCT.close();
    }

    @Test
    @Order(1)
    void everyAcknowledgedCommandIsThereOnceAfterAKill() {
        for (int round = 0; round < ROUNDS; round++) {
            String what = "round " + round + ", seed " + seed;
            boolean withDatabase = round % 2 == 1;
            int killAfter = 200 + random.nextInt(800);
            Runnable kill = withDatabase ? PRODUCT::kill9WithDatabase : PRODUCT::kill9;
            List<CrashLoad.Sent> sent = new CrashLoad(tenant, wallets, random.nextLong()).run(CALLERS, killAfter, kill);
            everything.addAll(sent);
            long acknowledged =
                    sent.stream().filter(CrashLoad.Sent::acknowledged).count();
            long unanswered =
                    sent.stream().filter(request -> !request.answered()).count();
            System.out.printf(
                    "%s: killed %s, %d acknowledged, %d without an answer%n",
                    what, withDatabase ? "with its database" : "alone", acknowledged, unanswered);
            assertThat(acknowledged).as(what).isGreaterThanOrEqualTo(killAfter);
            PRODUCT.restart();
            assertAcknowledgedOnce(what);
            repeatEverything(what, sent);
            assertBooksAgree(what);
            assertLogIsWhole(what);
        }
        assertReadModelsEqualAReplay("seed " + seed);
    }

    /** Comes last: the minute that the token lives is over by then, or nearly. */
    @Test
    @Order(3)
    void aTokenThatExpiredIsRefusedOnBothHostsAndRefreshesNothing() {
        await().atMost(Duration.ofSeconds(75))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> SHORT_LIVED.browser().get("/v1/wallet/balance").status() != 200);
        SHORT_LIVED.browser().get("/v1/wallet/balance").expectApiError(401, "token_expired");
        SHORT_LIVED
                .chat("builtin/free-chat", "hello")
                .expectGatewayError(401, "invalid_request_error", "invalid_api_key");
        SHORT_LIVED.browser().post("/v1/sessions/refresh").expectApiError(401, "token_expired");
    }

    /** The read models are emptied while nobody runs; the next start has to project them anew. */
    private void assertReadModelsEqualAReplay(String what) {
        Map<String, String> live;
        try (LedgerDatabase database = LedgerDatabase.asSuperuser(PRODUCT)) {
            awaitProjections(database);
            PRODUCT.kill9();
            List<String> tables = database.tables("projection").stream()
                    .filter(table -> !table.equals("projection.position"))
                    .toList();
            live = digests(database, tables);
            assertThat(live.get("projection.dead_letter")).as(what).startsWith("0 rows");
            assertThat(live.get("projection.ledger_entry")).as(what).doesNotStartWith("0 rows");
            database.execute("truncate projection.position, " + String.join(", ", tables));
        }
        PRODUCT.restart();
        try (LedgerDatabase database = LedgerDatabase.asSuperuser(PRODUCT)) {
            awaitProjections(database);
            List<String> tables = database.tables("projection").stream()
                    .filter(table -> !table.equals("projection.position"))
                    .toList();
            assertThat(digests(database, tables))
                    .as("%s: read models after a replay", what)
                    .isEqualTo(live);
        }
    }

    private static void awaitProjections(LedgerDatabase database) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> database.number("select coalesce(min(position), -1) from projection.position")
                        == database.number("select max(global_position) from ledger.event"));
    }

    private static Map<String, String> digests(LedgerDatabase database, List<String> tables) {
        return tables.stream().collect(toMap(table -> table, database::digest));
    }

    @Test
    @Order(2)
    void aStopCutsNoRequestAndLosesNoEvent() throws Exception {
        Minted minted = tenant.mintWith(1);
        try (ChatStream stream = ChatStream.open(minted, Upstream.DRIPPING.name(), "until the end usage=70/40")) {
            stream.readFrames(3);
            Future<Integer> exit = Executors.newVirtualThreadPerTaskExecutor().submit(PRODUCT::stop);
            stream.readToTheEnd();
            assertThat(stream.done()).as("the stream under way came to its end").isTrue();
            assertThat(exit.get()).as("exit code after SIGTERM").isIn(0, 143);
        }
        PRODUCT.restart();
        Answer wallet = tenant.wallet(minted.walletId());
        assertThat(wallet.money("/balance"))
                .isEqualByComparingTo(BigDecimal.ONE.subtract(Upstream.DRIPPING.price(70, 40)));
        assertThat(wallet.money("/held")).isZero();
        assertThat(minted.browser().get("/v1/wallet/balance").expect(200).money("/balance"))
                .isEqualByComparingTo(wallet.money("/balance"));
    }

    /** The ledger names each money command by its idempotency key, as reason or description. */
    private void assertAcknowledgedOnce(String what) {
        Map<String, Long> entries = new HashMap<>();
        for (String wallet : wallets) {
            LedgerEntries ledger = LedgerEntries.of(tenant, wallet);
            ledger.assertTheyAddUp();
            ledger.entries()
                    .forEach(entry -> entries.merge(entry.path("description").stringValue(""), 1L, Long::sum));
        }
        for (CrashLoad.Sent sent : everything) {
            if (sent.kind == CrashLoad.Kind.CREDIT || sent.kind == CrashLoad.Kind.DEBIT) {
                long times = entries.getOrDefault(sent.key, 0L);
                String command = what + ": " + sent.kind + " " + sent.key;
                if (sent.acknowledged()) {
                    assertThat(times).as(command).isEqualTo(1);
                } else if (sent.answered()) {
                    assertThat(times).as(command + ", refused").isZero();
                } else {
                    assertThat(times).as(command + ", without an answer").isLessThanOrEqualTo(1);
                }
            }
        }
    }

    /** What was acknowledged answers the same and changes nothing; what was not is done now, if it had not been. */
    private void repeatEverything(String what, List<CrashLoad.Sent> sent) {
        List<CrashLoad.Sent> repeated = sent.stream()
                .filter(request -> request.acknowledged() || !request.answered())
                .toList();
        Parallel.call(CALLERS, caller -> {
            for (int index = caller; index < repeated.size(); index += CALLERS) {
                CrashLoad.Sent request = repeated.get(index);
                Answer again = request.send(tenant.backend());
                if (request.acknowledged()) {
                    assertThat(again.status())
                            .as(what)
                            .isEqualTo(request.answer().status());
                    assertThat(again.body()).as(what).isEqualTo(request.answer().body());
                    assertThat(again.header("Idempotent-Replayed")).as(what).hasValue("true");
                } else {
                    assertThat(again.status()).as("%s: %s", what, again.body()).isIn(200, 201, 402);
                    request.settle(again);
                }
            }
            return caller;
        });
    }

    /** Every request has an answer now, so the books are determined to the nano-dollar. */
    private void assertBooksAgree(String what) {
        assertAcknowledgedOnce(what);
        for (String wallet : wallets) {
            BigDecimal balance = BigDecimal.ONE
                    .add(acknowledged(CrashLoad.Kind.CREDIT, wallet))
                    .subtract(acknowledged(CrashLoad.Kind.DEBIT, wallet));
            Answer shown = tenant.wallet(wallet);
            assertThat(shown.money("/balance"))
                    .as("%s: balance of %s", what, wallet)
                    .isEqualByComparingTo(balance);
            assertThat(shown.money("/held"))
                    .as("%s: held of %s", what, wallet)
                    .isEqualByComparingTo(acknowledged(CrashLoad.Kind.HOLD, wallet));
            assertThat(LedgerEntries.of(tenant, wallet).sum())
                    .as("%s: sum of the entries of %s", what, wallet)
                    .isEqualByComparingTo(balance);
        }
        Map<String, Answer> mints = everything.stream()
                .filter(sent -> sent.kind == CrashLoad.Kind.MINT && sent.acknowledged())
                .collect(toMap(sent -> "crash-" + sent.key, CrashLoad.Sent::answer));
        mints.forEach((externalId, answer) -> {
            Minted.of(PRODUCT, answer).browser().get("/v1/wallet/balance").expect(200);
            Answer found = tenant.backend()
                    .get("/v1/customers?externalId=" + externalId)
                    .expect(200);
            assertThat(found.at("/customers").size())
                    .as("%s: %s", what, externalId)
                    .isEqualTo(1);
        });
    }

    /** Positions and sequences without gaps, hashes chained, and the events' own balances as the read side shows them. */
    private void assertLogIsWhole(String what) {
        try (LedgerDatabase database = LedgerDatabase.asSuperuser(PRODUCT)) {
            LogAudit.assertWhole(database, what);
            Map<String, Long> nanos = database.rows("""
                select distinct on (stream) stream, type, encode(payload, 'hex')
                from ledger.event where type in ('WalletCredited', 'UsageDebited')
                order by stream, sequence desc
                """).stream()
                    .map(row -> row.split("\\|"))
                    .collect(toMap(
                            row -> row[0], row -> balance(row[1], HexFormat.of().parseHex(row[2]))));
            for (String wallet : wallets) {
                assertThat(tenant.wallet(wallet).money("/balance"))
                        .as("%s: replayed balance of %s", what, wallet)
                        .isEqualByComparingTo(BigDecimal.valueOf(nanos.getOrDefault(wallet, 0L), 9));
            }
        }
    }

    private static long balance(String type, byte[] payload) {
        return switch (LedgerAssembly.codec().decode(type, (short) 1, payload)) {
            case WalletCredited credited -> credited.balance().nanos();
            case UsageDebited debited -> debited.balance().nanos();
            case Object other -> throw new AssertionError(other);
        };
    }

    private BigDecimal acknowledged(CrashLoad.Kind kind, String wallet) {
        return everything.stream()
                .filter(sent -> sent.kind == kind && sent.wallet.equals(wallet) && sent.acknowledged())
                .map(sent -> sent.amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
