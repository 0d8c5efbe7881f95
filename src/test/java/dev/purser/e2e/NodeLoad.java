package dev.purser.e2e;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Callers on the same wallets through all nodes, keeping book of every answer. As behind a proxy, a caller that gets no answer
 * goes on at the next node. Requests with an idempotency key are repeated as the documentation says until they are
 * answered; those without are made once.
 */
final class NodeLoad implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String OUTCOME_UNKNOWN = "outcome_unknown";

    private final List<Product> nodes;
    private final Tenant tenant;
    private final List<Minted> sessions;
    private final ConcurrentLinkedQueue<Sent> book = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended;
    private volatile boolean over;

    enum Kind {
        CREDIT,
        DEBIT,
        CHAT
    }

    /**
     * One request and what became of it.
     *
     * @param name the entry's description, or of a chat the request's id where it is known
     * @param settled the last answer: null when there was none
     */
    record Sent(
            Kind kind,
            String wallet,
            BigDecimal amount,
            String name,
            boolean keyed,
            Product node,
            long sentAt,
            long endedAt,
            int tries,
            @Nullable Answer settled) {

        boolean acknowledged() {
            return settled != null && settled.ok();
        }

        /** Certainly nothing happened. */
        boolean refused() {
            return settled != null && !settled.ok() && !settled.body().contains(OUTCOME_UNKNOWN);
        }

        String asText() {
            return kind + " " + name + (keyed ? " with key" : "") + ", try " + tries + ": "
                    + (settled == null ? "no answer" : settled.status() + " " + settled.body());
        }
    }

    NodeLoad(List<Product> nodes, Tenant tenant, List<Minted> sessions, int callers, long seed, boolean keyedOnly) {
        this.nodes = nodes;
        this.tenant = tenant;
        this.sessions = sessions;
        this.ended = new CountDownLatch(callers);
        for (int caller = 0; caller < callers; caller++) {
            Random random = new Random(seed * 1_000 + caller);
            int home = caller % nodes.size();
            Thread.ofVirtual().name("load-" + caller).start(() -> {
                try {
                    call(random, home, keyedOnly);
                } finally {
                    ended.countDown();
                }
            });
        }
    }

    long acknowledged() {
        return book.stream().filter(Sent::acknowledged).count();
    }

    /** Ends the load once everything under way is answered. */
    List<Sent> stop() {
        close();
        return List.copyOf(book);
    }

    List<Sent> soFar() {
        return List.copyOf(book);
    }

    @Override
    public void close() {
        over = true;
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void call(Random random, int home, boolean keyedOnly) {
        int at = home;
        while (!over) {
            Minted session = sessions.get(random.nextInt(sessions.size()));
            int dice = random.nextInt(20);
            boolean keyed = keyedOnly || random.nextInt(2) == 0;
            Sent sent = dice < 4 && !keyedOnly
                    ? chat(session, at)
                    : move(dice % 2 == 0 ? Kind.CREDIT : Kind.DEBIT, session.walletId(), random, keyed, at);
            book.add(sent);
            at = sent.settled() == null ? (at + 1) % nodes.size() : home;
            if (sent.settled() == null) {
                pause();
            }
        }
    }

    private Sent move(Kind kind, String wallet, Random random, boolean keyed, int first) {
        BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(2_000_000), 9);
        String name = UUID.randomUUID().toString();
        String path = "/v1/wallets/" + wallet + (kind == Kind.CREDIT ? "/credit" : "/debit");
        Map<String, Object> body =
                Json.object("amount", amount.toPlainString(), kind == Kind.CREDIT ? "reason" : "description", name);
        long sentAt = System.nanoTime();
        int at = first;
        int tries = 0;
        while (true) {
            Product node = nodes.get(at);
            Api backend = node.api().as(tenant.liveKey());
            tries++;
            Answer answer = attempt(keyed ? backend.idempotent(name) : backend, path, body);
            boolean again = keyed && (answer == null || answer.status() == 503);
            if (!again || tries > 200) {
                return new Sent(kind, wallet, amount, name, keyed, node, sentAt, System.nanoTime(), tries, answer);
            }
            at = answer == null ? (at + 1) % nodes.size() : at;
            pause();
        }
    }

    private Sent chat(Minted session, int at) {
        Product node = nodes.get(at);
        long sentAt = System.nanoTime();
        Answer answer = attempt(
                node.gateway().as(session.token()),
                "/v1/chat/completions",
                Minted.chatBody(Upstream.STEADY.name(), "usage=70/40"));
        String id = answer == null ? "" : answer.header("X-Request-Id").orElse("");
        return new Sent(
                Kind.CHAT,
                session.walletId(),
                Upstream.STEADY.price(70, 40),
                id,
                false,
                node,
                sentAt,
                System.nanoTime(),
                1,
                answer);
    }

    private static @Nullable Answer attempt(Api api, String path, Map<String, Object> body) {
        try {
            return api.post(path, body);
        } catch (UncheckedIOException noAnswer) {
            return null;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The longest time in which none of these was acknowledged. */
    static Duration longestGap(List<Sent> sent, long from, long to) {
        List<Long> times = new ArrayList<>(sent.stream()
                .filter(Sent::acknowledged)
                .map(Sent::endedAt)
                .filter(time -> time > from && time < to)
                .sorted()
                .toList());
        times.addFirst(from);
        times.addLast(to);
        long longest = 0;
        for (int i = 1; i < times.size(); i++) {
            longest = Math.max(longest, times.get(i) - times.get(i - 1));
        }
        return Duration.ofNanos(longest);
    }
}
