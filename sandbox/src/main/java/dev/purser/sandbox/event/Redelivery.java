package dev.purser.sandbox.event;

import dev.purser.sandbox.store.Mode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Posts a list of events from its begin to its end, over several connections at once. */
final class Redelivery {
    private final Courier courier;
    private final Mode mode;
    private final URI webhook;
    private final List<String> events;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());

    Redelivery(Courier courier, Mode mode, URI webhook, List<String> events) {
        this.courier = courier;
        this.mode = mode;
        this.webhook = webhook;
        this.events = events;
    }

    List<Attempt> run(int parallel) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < parallel; i++) {
            threads.add(Thread.ofVirtual().name("sandbox-redelivery-" + i).start(this::work));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(attempts);
    }

    private void work() {
        try {
            for (int i = next.getAndIncrement(); i < events.size(); i = next.getAndIncrement()) {
                @Nullable Attempt attempt = courier.post(mode, events.get(i), 0, webhook);
                if (attempt != null) {
                    attempts.add(attempt);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
