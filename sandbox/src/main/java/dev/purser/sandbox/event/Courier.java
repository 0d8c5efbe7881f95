package dev.purser.sandbox.event;

import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Mode;
import dev.purser.sandbox.store.Store;
import dev.purser.sandbox.store.Work;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Posts events, signed at each attempt anew, and keeps the last thousand attempts on record. Thread-safe. */
final class Courier implements AutoCloseable {
    private static final int KEPT = 1_000;

    private final Store store;
    private final Map<Mode, String> secrets;
    private final Duration timeout;
    private final HttpClient client;
    private final Deque<Attempt> log = new ArrayDeque<>();

    Courier(Store store, Map<Mode, String> secrets, Duration timeout) {
        this.store = store;
        this.secrets = Map.copyOf(secrets);
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    boolean serves(Mode mode) {
        return secrets.containsKey(mode);
    }

    /** One attempt; null if there is no such event. */
    @Nullable
    Attempt post(Mode mode, String id, int number, URI webhook) throws InterruptedException {
        ObjectNode event = store.read(mode, work -> work.find(Kind.EVENT, id));
        String secret = secrets.get(mode);
        if (event == null || secret == null) {
            return null;
        }
        byte[] body = Json.bytes(Work.view(event));
        Instant at = store.wallTime();
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
                .header("Stripe-Signature", Signature.of(body, secret, at.getEpochSecond()))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        long begun = System.nanoTime();
        int status = 0;
        String error = null;
        try {
            status = client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            error = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        }
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        Attempt attempt = new Attempt(mode, id, Json.required(event, "type"), number, at, millis, status, error);
        record(attempt);
        return attempt;
    }

    private synchronized void record(Attempt attempt) {
        log.addFirst(attempt);
        if (log.size() > KEPT) {
            log.removeLast();
        }
    }

    /** Newest first. */
    synchronized List<Attempt> log() {
        return List.copyOf(log);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
