package dev.purser.projection.access;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups that are asked for while others are under way wait and go to the database together: one statement for many
 * callers, and none of them waits longer than for two. Nothing is remembered: what a caller gets was read after it asked.
 * A statement that fails fails for all who share it. Thread-safe; {@link #find} blocks and belongs on virtual threads.
 */
final class SharedReads<K, V> {
    private static final int STATEMENTS_AT_ONCE = 2;
    private static final int MOST_KEYS = 256;

    private final Function<Set<K>, Map<K, V>> statement;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Batch<K, V>> waiting = new ArrayDeque<>();
    private @Nullable Batch<K, V> open;
    private int running;

    /** Callers who share a statement. The first of them runs it once it is told to. */
    private static final class Batch<K, V> {
        private final Set<K> keys = new HashSet<>();
        private final CompletableFuture<Void> turn = new CompletableFuture<>();
        private final CompletableFuture<Map<K, V>> result = new CompletableFuture<>();
    }

    /** @param statement finds the values of at most 256 keys; runs on the thread of one of the callers */
    SharedReads(Function<Set<K>, Map<K, V>> statement) {
        this.statement = statement;
    }

    /** The value of the key as it is after this call began; empty where there is none. */
    Optional<V> find(K key) {
        Batch<K, V> mine;
        boolean first;
        lock.lock();
        try {
            first = open == null;
            mine = open == null ? new Batch<>() : open;
            mine.keys.add(key);
            if (running < STATEMENTS_AT_ONCE) {
                running++;
                mine.turn.complete(null);
            } else {
                if (first) {
                    waiting.add(mine);
                }
                open = mine.keys.size() < MOST_KEYS ? mine : null;
            }
        } finally {
            lock.unlock();
        }
        if (first) {
            mine.turn.join();
            run(mine);
        }
        return Optional.ofNullable(resultOf(mine).get(key));
    }

    /** How many keys wait for a statement to begin. */
    int waitingKeys() {
        lock.lock();
        try {
            return waiting.stream().mapToInt(batch -> batch.keys.size()).sum();
        } finally {
            lock.unlock();
        }
    }

    private void run(Batch<K, V> batch) {
        try {
            batch.result.complete(statement.apply(batch.keys));
        } catch (RuntimeException | Error e) {
            batch.result.completeExceptionally(e);
        } finally {
            passOn();
        }
    }

    private void passOn() {
        lock.lock();
        try {
            Batch<K, V> next = waiting.poll();
            if (next == null) {
                running--;
                return;
            }
            if (open == next) {
                // From here on its keys are being read: who comes later must not join.
                open = null;
            }
            next.turn.complete(null);
        } finally {
            lock.unlock();
        }
    }

    private static <K, V> Map<K, V> resultOf(Batch<K, V> batch) {
        try {
            return batch.result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
