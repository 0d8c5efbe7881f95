package dev.purser.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.purser.e2e.NodeLoad.Kind;
import dev.purser.e2e.NodeLoad.Sent;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes on one PostgreSQL under load on the same wallets, and the ways in which the lead moves: a kill, a cut from the
 * database, a stop. Whatever happens, what was acknowledged is there once and what was refused is not there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeveralNodesIT {
    private static final int CALLERS = 24;
    private static final int WALLETS = 5;
    private static final Duration TAKE_OVER = Duration.ofSeconds(5);

    private final long seed = Long.getLong("purser.e2e.seed", System.nanoTime());
    private Nodes nodes;
    private Tenant tenant;
    private List<Minted> sessions;
    private final List<Sent> everything = new ArrayList<>();

    @BeforeAll
    void startTwoNodes(@TempDir Path home) {
        nodes = new Nodes(home.resolve("data"));
        tenant = Tenant.of(nodes.all().getFirst());
        sessions = IntStream.range(0, WALLETS).mapToObj(_ -> tenant.mintWith(1)).toList();
    }

    @AfterAll
    void stopThem() {
        nodes.close();
    }

    @Test
    @Order(1)
    void oneNodeLeadsAndBothAreHealthy() {
        Product leader = nodes.leader();
        Product follower = nodes.other(leader);

        assertThat(leader.role()).isEqualTo("leader");
        assertThat(follower.role()).isEqualTo("follower");
        assertThat(follower.management().get("/actuator/health").expect(200).text("/components/writer/details/leader"))
                .isEqualTo("127.0.0.1:" + nodes.internalPortOf(leader));
    }

    @Test
    @Order(1)
    void theFollowerAnswersARequestForAChangeAsTheLeaderWould() {
        Product follower = nodes.other(nodes.leader());
        Api backend = follower.api().as(tenant.liveKey());
        String wallet = sessions.getFirst().walletId();
        String path = "/v1/wallets/" + wallet + "/debit";

        Answer first = backend.idempotent("relayed-1").post(path, Json.object("amount", "0.001"));
        Answer second = backend.idempotent("relayed-1").post(path, Json.object("amount", "0.001"));
        assertThat(first.expect(200).body()).isEqualTo(second.expect(200).body());
        assertThat(second.header("Idempotent-Replayed")).hasValue("true");
        assertThat(first.header("X-Request-Id")).isPresent();
        assertThat(first.headers().allValues("X-Request-Id")).hasSize(1);
        backend.post(path, Json.object("amount", "-1")).expectApiError(400, "invalid_request");
        backend.post(path, Json.object("amount", "1000")).expectApiError(402, "insufficient_credits");
        backend.with("Idempotency-Key", "two words")
                .post(path, Json.object("amount", "1"))
                .expectApiError(400);
        backend.post("/v1/nowhere", "{}").expectApiError(404, "not_found");
        follower.api().post(path, "{").expectApiError(401, "token_missing");
        follower.api().post(path, "x".repeat(2 << 20)).expectApiError(401, "token_missing");
        backend.post(path, " ".repeat(2 << 20)).expectApiError(413, "request_too_large");
        backend.delete(path).expectApiError(405, "method_not_allowed");
        backend.get("/v1/wallets/" + wallet).expect(200);
    }

    /** An address that no client library sends cannot be relayed: the follower refuses it itself, after the gates. */
    @Test
    @Order(1)
    void theFollowerRefusesWhatCannotBeRelayed() throws IOException {
        Product follower = nodes.other(nodes.leader());
        String path = "/v1/wallets/" + sessions.getFirst().walletId() + "/debit?x=%zz";

        assertThat(raw(follower, path, "Authorization: Bearer " + tenant.liveKey())
                        .status())
                .isEqualTo(400);
        assertThat(raw(follower, path, "X-Nothing: 1").status()).isEqualTo(401);
        assertThat(raw(
                                follower,
                                path.replace("?x=%zz", ""),
                                "Authorization: Bearer " + tenant.liveKey() + "\r\nIdempotency-Key: caf\u00e9")
                        .status())
                .isEqualTo(400);
    }

    private static RawHttp.Reply raw(Product node, String path, String header) throws IOException {
        try (RawHttp connection = new RawHttp(node.apiPort())) {
            connection.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header
                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
            return connection.read(false).orElseThrow();
        }
    }

    @Test
    @Order(1)
    void aBrowserIsAnsweredWithItsOriginByTheFollowerToo() {
        Minted session = sessions.getFirst();
        Api browser =
                nodes.other(nodes.leader()).api().as(tenant.mint().token()).with("Origin", "https://app.example.com");

        Answer refreshed = browser.post("/v1/sessions/refresh").expect(200);
        assertThat(refreshed.headers().allValues("Access-Control-Allow-Origin"))
                .containsExactly("https://app.example.com");
        assertThat(refreshed.headers().allValues("Vary")).containsExactly("Origin");
        assertThat(nodes.other(nodes.leader())
                        .gateway()
                        .as(session.token())
                        .post("/v1/chat/completions", Minted.chatBody(Upstream.STEADY.name(), "usage=7/4"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Order(1)
    void theInternalPortIsForNodesOnlyAndTheOthersDoNotServeIt() throws GeneralSecurityException {
        Product leader = nodes.leader();
        Api internal = Api.on(URI.create("http://127.0.0.1:" + nodes.internalPortOf(leader)));
        Api known = internal.with("Purser-Node", token(nodes.encryptionKey()));

        for (Api stranger : List.of(internal, internal.with("Purser-Node", "0".repeat(64)), internal.as("sk_live_x"))) {
            stranger.get("/internal/lead").expectApiError(401, "invalid_token");
            stranger.post("/internal/commands", "{").expectApiError(401, "invalid_token");
            stranger.get("/v1/version").expectApiError(401, "invalid_token");
            stranger.post("/v1/sessions", "{").expectApiError(401, "invalid_token");
            stranger.send("OPTIONS", "/v1/config", null).expectApiError(401, "invalid_token");
        }
        assertThat(known.get("/internal/lead").expect(200).at("/leading").booleanValue())
                .isTrue();
        known.post("/internal/commands", "{").expectApiError(400, "invalid_request");
        known.get("/v1/version").expectApiError(404, "not_found");
        known.post("/v1/sessions", "{}").expectApiError(404, "not_found");
        known.post("/v1/chat/completions", "{}").expectGatewayError(404, "not_found", "not_found");
        known.get("/actuator/health").expectApiError(404, "not_found");
        int follower = nodes.internalPortOf(nodes.other(leader));
        assertThat(Api.on(URI.create("http://127.0.0.1:" + follower))
                        .with("Purser-Node", token(nodes.encryptionKey()))
                        .post("/internal/commands", "{}")
                        .status())
                .isEqualTo(421);
        for (Api open : List.of(leader.api(), leader.gateway(), leader.management())) {
            Api pretending = open.with("Purser-Node", token(nodes.encryptionKey()));
            assertThat(pretending.get("/internal/lead").status()).isEqualTo(404);
            assertThat(pretending.post("/internal/commands", "{}").status()).isEqualTo(404);
        }
    }

    @Test
    @Order(2)
    void writesGoOnAtTheOtherWhenTheLeaderIsKilled() {
        Product leader = nodes.leader();
        Product survivor = nodes.other(leader);
        try (NodeLoad load = load(false)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> load.acknowledged() > 300);
            long killed = System.nanoTime();
            leader.kill9();
            assertWritesGoOn(load, survivor, killed, "killed");
            settle(load.stop());
        }
        leader.restart();
        assertThat(leader.role()).isEqualTo("follower");
        assertBooksAgree("after the kill");
    }

    @Test
    @Order(3)
    void writesGoOnAtTheOtherWhenTheLeaderIsCutOffFromTheDatabase() {
        Product leader = nodes.leader();
        Product survivor = nodes.other(leader);
        try (NodeLoad load = load(false)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> load.acknowledged() > 300);
            long cut = System.nanoTime();
            nodes.linkOf(leader).cut();
            assertWritesGoOn(load, survivor, cut, "cut off");
            nodes.linkOf(leader).mend();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> leader.healthy() && leader.role().equals("follower"));
            long mended = System.nanoTime();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> load.soFar().stream()
                            .anyMatch(sent -> sent.node() == leader && sent.sentAt() > mended && sent.acknowledged()));
            settle(load.stop());
        }
        assertBooksAgree("after the cut");
    }

    /** Follower first, leader last; then the other way round, so that each has been replaced once. */
    @Test
    @Order(4)
    void nothingFailsWhileEachNodeIsReplacedInItsTurn() throws IOException {
        long before = System.nanoTime();
        try (NodeLoad load = load(true)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> load.acknowledged() > 200);
            for (int turn = 0; turn < 2; turn++) {
                Product leader = nodes.leader();
                Product follower = nodes.other(leader);
                long stopped = System.nanoTime();
                stopWhileItStreams(leader);
                await().atMost(Duration.ofSeconds(5)).until(() -> Nodes.leads(follower));
                System.out.printf(
                        "handed over: longest pause %d ms%n",
                        NodeLoad.longestGap(load.soFar(), stopped, System.nanoTime())
                                .toMillis());
                assertThat(NodeLoad.longestGap(load.soFar(), stopped, System.nanoTime()))
                        .as("pause of the writes")
                        .isLessThan(Duration.ofSeconds(2));
                leader.restart();
                assertThat(leader.role()).isEqualTo("follower");
            }
            List<Sent> sent = load.stop();
            assertThat(sent.stream().filter(one -> one.sentAt() > before))
                    .allSatisfy(one -> assertThat(one.acknowledged() || isWantOfMoney(one))
                            .as(one.asText())
                            .isTrue());
            settle(sent);
        }
        assertBooksAgree("after the replacements");
    }

    /** A call that began before the stop goes on to its end, and is billed by the node that leads by then. */
    private void stopWhileItStreams(Product leader) throws IOException {
        Minted minted = tenant.mintWith(1);
        Minted there = new Minted(leader, minted.token(), minted.sessionId(), minted.walletId(), minted.customerId());
        try (ChatStream stream = ChatStream.open(there, Upstream.DRIPPING.name(), "until the end usage=70/40")) {
            stream.readFrames(3);
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(leader::stop);
            stream.readToTheEnd();
            assertThat(stream.done()).as("the stream came to its end").isTrue();
            assertThat(exit.join()).isIn(0, 143);
        }
        Answer wallet = nodes.other(leader)
                .api()
                .as(tenant.liveKey())
                .get("/v1/wallets/" + minted.walletId())
                .expect(200);
        assertThat(wallet.money("/balance"))
                .isEqualByComparingTo(BigDecimal.ONE.subtract(Upstream.DRIPPING.price(70, 40)));
        assertThat(wallet.money("/held")).isZero();
    }

    private NodeLoad load(boolean keyedOnly) {
        System.out.println("seed " + seed);
        return new NodeLoad(nodes.all(), tenant, sessions, CALLERS, seed + everything.size(), keyedOnly);
    }

    private void assertWritesGoOn(NodeLoad load, Product survivor, long since, String what) {
        await().atMost(Duration.ofSeconds(30)).until(() -> Nodes.leads(survivor));
        await().atMost(Duration.ofSeconds(30)).until(() -> written(load, survivor, since) > 200);
        long first = load.soFar().stream()
                .filter(sent -> sent.node() == survivor && sent.endedAt() > since && sent.sentAt() > since)
                .filter(Sent::acknowledged)
                .mapToLong(Sent::endedAt)
                .min()
                .orElseThrow();
        Duration gap = NodeLoad.longestGap(
                load.soFar().stream().filter(sent -> sent.node() == survivor).toList(), since, System.nanoTime());
        System.out.printf(
                "%s: first write %d ms later, longest pause at the other node %d ms%n",
                what, Duration.ofNanos(first - since).toMillis(), gap.toMillis());
        assertThat(gap).as("%s, seed %d: pause of the writes", what, seed).isLessThan(TAKE_OVER);
    }

    private static long written(NodeLoad load, Product survivor, long since) {
        return load.soFar().stream()
                .filter(sent -> sent.node() == survivor && sent.sentAt() > since && sent.acknowledged())
                .count();
    }

    private void settle(List<Sent> sent) {
        everything.addAll(sent);
    }

    private static boolean isWantOfMoney(Sent sent) {
        return sent.settled() != null && sent.settled().status() == 402;
    }

    /** The log is whole; read models are at its end; every entry is one that was sent, once. */
    private void assertBooksAgree(String what) {
        try (LedgerDatabase database = nodes.openDatabase()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> database.number("select coalesce(min(position), -1) from projection.position")
                            == database.number("select max(global_position) from ledger.event"));
            LogAudit.assertWhole(database, what);
        }
        for (Product node : nodes.all()) {
            assertEntriesAreWhatWasSent(node, what);
        }
    }

    private void assertEntriesAreWhatWasSent(Product node, String what) {
        Api backend = node.api().as(tenant.liveKey());
        Map<String, Long> times = new HashMap<>();
        for (Minted session : sessions) {
            LedgerEntries ledger = LedgerEntries.of(backend, session.walletId(), 200);
            ledger.assertTheyAddUp();
            assertThat(ledger.sum())
                    .as("%s: balance of %s", what, session.walletId())
                    .isEqualByComparingTo(backend.get("/v1/wallets/" + session.walletId())
                            .expect(200)
                            .money("/balance"));
            ledger.entries().stream()
                    .map(entry -> entry.path("model").isString()
                            ? entry.path("requestId").stringValue("")
                            : entry.path("description").stringValue(""))
                    .collect(groupingBy(name -> name, counting()))
                    .forEach((name, count) -> times.merge(name, count, Long::sum));
        }
        for (Sent sent : everything) {
            long count = times.getOrDefault(sent.name(), 0L);
            String which = what + ", seed " + seed + ": " + sent.asText();
            if (sent.acknowledged()) {
                assertThat(count).as(which).isEqualTo(1);
            } else if (sent.refused() && sent.kind() != Kind.CHAT) {
                assertThat(count).as(which).isZero();
            } else if (!sent.name().isEmpty()) {
                assertThat(count).as(which).isLessThanOrEqualTo(1);
            }
        }
    }

    private static String token(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal("purser node v1".getBytes(StandardCharsets.US_ASCII)));
    }
}
