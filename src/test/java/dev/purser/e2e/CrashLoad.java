package dev.purser.e2e;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Callers that move money as fast as they can, each request with an idempotency key, and keep book of every answer. */
final class CrashLoad {
    private final Tenant tenant;
    private final List<String> wallets;
    private final long seed;
    private final ConcurrentLinkedQueue<Sent> book = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledged = new AtomicInteger();

    enum Kind {
        CREDIT,
        DEBIT,
        HOLD,
        MINT
    }

    /** One request, and what came back before the crash: null where nothing did. */
    static final class Sent {
        final Kind kind;
        final String key;
        final String wallet;
        final BigDecimal amount;
        private final String path;
        private final Map<String, Object> body;
        private final AtomicReference<Answer> answer = new AtomicReference<>();

        Sent(Kind kind, String key, String wallet, BigDecimal amount, String path, Map<String, Object> body) {
            this.kind = kind;
            this.key = key;
            this.wallet = wallet;
            this.amount = amount;
            this.path = path;
            this.body = body;
        }

        Answer send(Api backend) {
            return backend.idempotent(key).post(path, body);
        }

        /** A 5xx says nothing about what happened. */
        boolean answered() {
            Answer came = answer.get();
            return came != null && came.status() < 500;
        }

        /** Acknowledged: whatever happens, it has happened. */
        boolean acknowledged() {
            Answer came = answer.get();
            return came != null && came.ok();
        }

        Answer answer() {
            return Objects.requireNonNull(answer.get(), "no answer yet");
        }

        void settle(Answer later) {
            answer.set(later);
        }
    }

    CrashLoad(Tenant tenant, List<String> wallets, long seed) {
        this.tenant = tenant;
        this.wallets = List.copyOf(wallets);
        this.seed = seed;
    }

    /** Runs until so many requests are acknowledged, then kills the product in the middle of the others. */
    List<Sent> run(int callers, int killAfter, Runnable kill) {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(callers);
        for (int caller = 0; caller < callers; caller++) {
            Random random = new Random(seed * 1_000 + caller);
            Thread.ofVirtual().name("load-" + caller).start(() -> {
                try {
                    callUntilOver(random, over);
                } finally {
                    ended.countDown();
                }
            });
        }
        try {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> acknowledged.get() >= killAfter);
            kill.run();
        } finally {
            over.set(true);
        }
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return List.copyOf(book);
    }

    private void callUntilOver(Random random, AtomicBoolean over) {
        while (!over.get()) {
            Sent sent = next(random);
            book.add(sent);
            try {
                sent.settle(sent.send(tenant.backend()));
                acknowledged.addAndGet(sent.acknowledged() ? 1 : 0);
            } catch (UncheckedIOException noAnswer) {
                return;
            }
        }
    }

    private Sent next(Random random) {
        String key = UUID.randomUUID().toString();
        String wallet = wallets.get(random.nextInt(wallets.size()));
        BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(2_000_000), 9);
        String path = "/v1/wallets/" + wallet;
        int dice = random.nextInt(20);
        if (dice < 7) {
            return new Sent(
                    Kind.CREDIT,
                    key,
                    wallet,
                    amount,
                    path + "/credit",
                    Json.object("amount", amount.toPlainString(), "reason", key));
        }
        if (dice < 15) {
            return new Sent(
                    Kind.DEBIT,
                    key,
                    wallet,
                    amount,
                    path + "/debit",
                    Json.object("amount", amount.toPlainString(), "description", key));
        }
        if (dice < 18) {
            return new Sent(
                    Kind.HOLD,
                    key,
                    wallet,
                    amount,
                    path + "/holds",
                    Json.object("amount", amount.toPlainString(), "expiresInSeconds", 3_600));
        }
        return new Sent(Kind.MINT, key, "", BigDecimal.ZERO, "/v1/sessions", Json.object("customer", "crash-" + key));
    }
}
