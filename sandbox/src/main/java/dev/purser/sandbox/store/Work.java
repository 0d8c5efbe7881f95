package dev.purser.sandbox.store;

import dev.purser.sandbox.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Everything that one request changes: nothing of it counts until all of it is in the journal. Used by one thread. */
public final class Work {
    /** Kinds that have no id at Stripe. */
    private static final Set<@Nullable Kind> NAMELESS = Set.of(Kind.ACCOUNT_LINK, Kind.BALANCE);

    private final Store store;
    private final Mode mode;
    private final Origin origin;
    private final Instant now;
    private final Map<String, ObjectNode> changed = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private final List<SavedAnswer> answers = new ArrayList<>();

    Work(Store store, Mode mode, Origin origin) {
        this.store = store;
        this.mode = mode;
        this.origin = origin;
        this.now = store.now();
    }

    public Mode mode() {
        return mode;
    }

    public Instant now() {
        return now;
    }

    /** A copy of an object; changes count once it is {@link #put}. */
    public @Nullable ObjectNode find(Kind kind, String id) {
        ObjectNode mine = changed.get(id);
        if (mine != null) {
            return Kind.of(mine) == kind ? mine.deepCopy() : null;
        }
        Stored stored = store.world(mode).find(kind, id);
        return stored == null ? null : stored.read();
    }

    /** The object that the id names, of whatever kind. */
    public @Nullable ObjectNode find(String id) {
        Kind kind = Kind.ofId(id);
        return kind == null ? null : find(kind, id);
    }

    public boolean isInTheOtherMode(Kind kind, String id) {
        return store.world(mode.other()).find(kind, id) != null;
    }

    /** What there was before this work began, newest first. */
    public Stream<Stored> newestFirst(Kind kind) {
        return store.world(mode).all(kind).descendingMap().values().stream();
    }

    /** What there was before this work began, oldest first. */
    public Stream<Stored> oldestFirst(Kind kind) {
        return store.world(mode).all(kind).values().stream();
    }

    /** A new object of this kind with an id, the time and the mode; it counts once it is {@link #put}. */
    public ObjectNode create(Kind kind) {
        ObjectNode object = Templates.of(kind.object());
        object.put("id", kind.newId()).put("created", now.getEpochSecond());
        if (object.has("livemode")) {
            object.put("livemode", mode.isLive());
        }
        Json.child(object, Stored.PRIVATE);
        return object;
    }

    /** A part of an object with all its fields: {@code charge_card} or {@code payment_method_card}. */
    public static ObjectNode part(String name) {
        return Templates.of(name);
    }

    public void put(ObjectNode object) {
        changed.put(Json.required(object, "id"), object.deepCopy());
    }

    /** Without what never leaves the sandbox. */
    public static ObjectNode view(ObjectNode object) {
        ObjectNode view = object.deepCopy();
        view.remove(Stored.PRIVATE);
        if (NAMELESS.contains(Kind.of(object))) {
            view.remove("id");
        }
        return view;
    }

    public void emit(String type, ObjectNode object) {
        emit(type, object, null);
    }

    /** Records an event with the object as it is now, and what changed in it. */
    public void emit(String type, ObjectNode object, @Nullable ObjectNode previous) {
        ObjectNode event = create(Kind.EVENT);
        ObjectNode data = event.putObject("data");
        data.set("object", view(object));
        if (previous != null) {
            data.set("previous_attributes", previous);
        }
        event.put("api_version", store.apiVersion())
                .put("type", type)
                .put("pending_webhooks", 1)
                .putObject("request")
                .put("id", origin.requestId())
                .put("idempotency_key", origin.idempotencyKey());
        put(event);
        events.add(Json.required(event, "id"));
    }

    /** The answer that is kept for this key, unless it is forgotten. */
    public @Nullable SavedAnswer answer(String key) {
        return store.world(mode).answer(key, now);
    }

    public void save(SavedAnswer answer) {
        answers.add(answer);
    }

    /** Forgets what was changed so far. */
    public void discard() {
        changed.clear();
        events.clear();
        answers.clear();
    }

    Map<String, ObjectNode> changed() {
        return changed;
    }

    List<String> events() {
        return events;
    }

    List<SavedAnswer> answers() {
        return answers;
    }

    boolean isEmpty() {
        return changed.isEmpty() && answers.isEmpty();
    }
}
