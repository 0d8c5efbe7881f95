package dev.purser.sandbox.store;

import dev.purser.sandbox.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Both worlds, and the journal behind them. Work is done one after the other; what it changed is durable when
 * {@link #run} returns, given a directory. Events are kept for 30 days, as by Stripe. Thread-safe.
 */
public final class Store implements AutoCloseable {
    private static final Duration EVENT_LIFETIME = Duration.ofDays(30);
    private static final String MODE = "mode";
    private static final String OBJECTS = "objects";
    private static final String ANSWERS = "answers";
    private static final String DELIVERED = "delivered";
    private static final String AHEAD_SECONDS = "aheadSeconds";

    private final Map<Mode, World> worlds = new EnumMap<>(Mode.class);
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final String apiVersion;
    private final @Nullable Journal journal;
    private volatile EventListener listener = (mode, events) -> {};
    private volatile Duration ahead = Duration.ZERO;
    private long sequence;

    /** Is told of events once they are durable. */
    public interface EventListener {
        void recorded(Mode mode, List<String> events);
    }

    private Store(@Nullable Path directory, InstantSource clock, String apiVersion) {
        this.clock = clock;
        this.apiVersion = apiVersion;
        for (Mode mode : Mode.values()) {
            worlds.put(mode, new World());
        }
        this.journal = directory == null ? null : Journal.open(directory, this::apply, this::compacted);
    }

    /**
     * @param directory where the journal is, or null to keep everything in memory only
     * @throws IllegalStateException if another process has this directory, or the journal cannot be read
     */
    public static Store open(@Nullable Path directory, InstantSource clock, String apiVersion) {
        return new Store(directory, clock, apiVersion);
    }

    public void listener(EventListener told) {
        listener = told;
    }

    /** The sandbox's time: the clock's, and what it was {@link #advance advanced} by. */
    public Instant now() {
        return clock.instant().plus(ahead);
    }

    /** The clock's time, which is what signatures carry. */
    public Instant wallTime() {
        return clock.instant();
    }

    String apiVersion() {
        return apiVersion;
    }

    World world(Mode mode) {
        World world = worlds.get(mode);
        if (world == null) {
            throw new IllegalStateException("No world of " + mode);
        }
        return world;
    }

    /** Does one request's work; nothing of it stays when it throws. */
    public <T> T run(Mode mode, Origin origin, Function<Work, T> action) {
        Work work;
        T result;
        lock.lock();
        try {
            work = new Work(this, mode, origin);
            result = action.apply(work);
            commit(work);
        } finally {
            lock.unlock();
        }
        force();
        if (!work.events().isEmpty()) {
            listener.recorded(mode, work.events());
        }
        return result;
    }

    /** Reads something; what it answers is durable. */
    public <T> T read(Mode mode, Function<Work, T> action) {
        return run(mode, Origin.SANDBOX, work -> {
            T result = action.apply(work);
            work.discard();
            return result;
        });
    }

    /** Notes that these events need not be delivered any more. Not flushed: after a crash some are delivered again. */
    public void delivered(Mode mode, List<String> events) {
        lock.lock();
        try {
            ObjectNode line = Json.object().put(MODE, mode.name());
            ArrayNode ids = line.putArray(DELIVERED);
            events.forEach(ids::add);
            append(line);
        } finally {
            lock.unlock();
        }
    }

    /** Ids of the events that are still on their way, oldest first. */
    public List<String> undelivered(Mode mode) {
        lock.lock();
        try {
            return List.copyOf(world(mode).undelivered());
        } finally {
            lock.unlock();
        }
    }

    /** Lets the sandbox's time run ahead of the clock, for good. */
    public void advance(Duration by) {
        lock.lock();
        try {
            append(Json.object().put(AHEAD_SECONDS, ahead.plus(by).toSeconds()));
        } finally {
            lock.unlock();
        }
        force();
    }

    private void commit(Work work) {
        if (work.isEmpty()) {
            return;
        }
        ObjectNode line = Json.object().put(MODE, work.mode().name());
        ArrayNode objects = line.putArray(OBJECTS);
        for (ObjectNode object : work.changed().values()) {
            if (Stored.sequenceOf(object) == 0) {
                sequence++;
                Json.child(object, Stored.PRIVATE).put("sequence", sequence);
            }
            objects.add(object);
        }
        ArrayNode answers = line.putArray(ANSWERS);
        work.answers().forEach(answer -> answers.add(answer.toJson()));
        append(line);
    }

    private void append(ObjectNode line) {
        if (journal != null) {
            journal.append(line);
        }
        apply(line);
    }

    private void force() {
        if (journal != null) {
            journal.force();
        }
    }

    /** The one way in which a world changes, live and from the journal. */
    private void apply(ObjectNode line) {
        if (line.has(AHEAD_SECONDS)) {
            ahead = Duration.ofSeconds(Json.number(line, AHEAD_SECONDS));
            return;
        }
        World world = world(Mode.valueOf(Json.required(line, MODE)));
        for (JsonNode object : line.path(OBJECTS)) {
            put(world, (ObjectNode) object);
        }
        for (JsonNode answer : line.path(ANSWERS)) {
            world.save(SavedAnswer.of((ObjectNode) answer));
        }
        for (JsonNode id : line.path(DELIVERED)) {
            settle(world, id.asString());
        }
    }

    private void put(World world, ObjectNode object) {
        Kind kind = Kind.of(object);
        if (kind == null) {
            throw new IllegalArgumentException("No such kind: " + object.get("object"));
        }
        Stored stored = Stored.of(kind, object, Stored.sequenceOf(object));
        sequence = Math.max(sequence, stored.sequence());
        world.put(stored);
        if (kind == Kind.EVENT && Json.number(object, "pending_webhooks") > 0) {
            world.undelivered().add(stored.id());
        }
    }

    private static void settle(World world, String id) {
        Stored stored = world.find(Kind.EVENT, id);
        world.undelivered().remove(id);
        if (stored != null) {
            world.put(Stored.of(Kind.EVENT, stored.read().put("pending_webhooks", 0), stored.sequence()));
        }
    }

    private Stream<ObjectNode> compacted() {
        List<ObjectNode> lines = new ArrayList<>();
        lines.add(Json.object().put(AHEAD_SECONDS, ahead.toSeconds()));
        worlds.forEach((mode, world) -> {
            forgetOldEvents(world);
            world.answers().removeIf(answer -> World.isForgotten(answer, now()));
            for (Kind kind : Kind.values()) {
                world.all(kind).values().forEach(stored -> lines.add(line(mode, OBJECTS, stored.read())));
            }
            world.answers().forEach(answer -> lines.add(line(mode, ANSWERS, answer.toJson())));
        });
        return lines.stream();
    }

    private void forgetOldEvents(World world) {
        long oldest = now().minus(EVENT_LIFETIME).getEpochSecond();
        world.all(Kind.EVENT).values().stream()
                .filter(event -> event.created() < oldest)
                .filter(event -> !world.undelivered().contains(event.id()))
                .toList()
                .forEach(world::remove);
    }

    private static ObjectNode line(Mode mode, String field, ObjectNode entry) {
        ObjectNode line = Json.object().put(MODE, mode.name());
        line.putArray(field).add(entry);
        return line;
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
