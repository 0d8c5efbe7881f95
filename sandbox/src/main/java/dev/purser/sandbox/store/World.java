package dev.purser.sandbox.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All objects of one mode. Not thread-safe: {@link Store} guards it. */
final class World {
    /** Stripe forgets an idempotency key after this. */
    static final Duration KEY_LIFETIME = Duration.ofHours(24);

    private final Map<String, Stored> byId = new HashMap<>();
    private final Map<Kind, NavigableMap<Long, Stored>> byKind = new EnumMap<>(Kind.class);
    private final Map<String, SavedAnswer> answers = new LinkedHashMap<>();
    private final Set<String> undelivered = new LinkedHashSet<>();

    World() {
        for (Kind kind : Kind.values()) {
            byKind.put(kind, new TreeMap<>());
        }
    }

    @Nullable
    Stored find(Kind kind, String id) {
        Stored stored = byId.get(id);
        return stored != null && stored.kind() == kind ? stored : null;
    }

    NavigableMap<Long, Stored> all(Kind kind) {
        NavigableMap<Long, Stored> all = byKind.get(kind);
        if (all == null) {
            throw new IllegalStateException("No map of " + kind);
        }
        return all;
    }

    void put(Stored stored) {
        byId.put(stored.id(), stored);
        all(stored.kind()).put(stored.sequence(), stored);
    }

    void remove(Stored stored) {
        byId.remove(stored.id());
        all(stored.kind()).remove(stored.sequence());
    }

    void save(SavedAnswer answer) {
        answers.remove(answer.key());
        answers.put(answer.key(), answer);
    }

    @Nullable
    SavedAnswer answer(String key, Instant now) {
        Iterator<SavedAnswer> oldestFirst = answers.values().iterator();
        while (oldestFirst.hasNext() && isForgotten(oldestFirst.next(), now)) {
            oldestFirst.remove();
        }
        SavedAnswer answer = answers.get(key);
        return answer == null || isForgotten(answer, now) ? null : answer;
    }

    Collection<SavedAnswer> answers() {
        return answers.values();
    }

    /** Ids of the events that are on their way, oldest first. */
    Set<String> undelivered() {
        return undelivered;
    }

    static boolean isForgotten(SavedAnswer answer, Instant now) {
        return !answer.at().plus(KEY_LIFETIME).isAfter(now);
    }
}
