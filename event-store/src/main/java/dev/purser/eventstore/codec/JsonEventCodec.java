package dev.purser.eventstore.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.eventstore.codec.EventTypes.StoredType;
import dev.purser.eventstore.codec.Upcasters.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as JSON: properties in declared order, instants in ISO-8601, nulls left out, unknown properties ignored on
 * read (a newer version may have added some). Old revisions without a class go through their {@link Upcasters}. Thread-safe.
 */
public final class JsonEventCodec implements EventCodec {

    private final EventTypes types;
    private final Upcasters upcasters;
    private final PayloadDictionary dictionary;
    private final JsonMapper mapper;
    private final Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    /** A codec with {@link #mapper() the standard mapper}, for events that were always stored as they are now. */
    public JsonEventCodec(EventTypes types) {
        this(types, Upcasters.none(), PayloadDictionary.none());
    }

    /** A codec that reads old revisions too, and stores shortened. */
    public JsonEventCodec(EventTypes types, Upcasters upcasters, PayloadDictionary dictionary) {
        this.types = types;
        this.upcasters = upcasters;
        this.dictionary = dictionary;
        this.mapper = mapper();
    }

    /** The standard mapper of stored JSON. */
    public static JsonMapper mapper() {
        return JsonMapper.builder()
                .addModule(InstantJson.module())
                .changeDefaultPropertyInclusion(ignored ->
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }

    @Override
    public EncodedEvent encode(Object event) {
        StoredType stored = types.storedType(event.getClass());
        byte[] payload =
                writers.computeIfAbsent(event.getClass(), mapper::writerFor).writeValueAsBytes(event);
        return new EncodedEvent(stored.name(), stored.revision(), dictionary.shorten(payload));
    }

    @Override
    public Object decode(String type, short revision, byte[] payload) {
        StoredType stored = new StoredType(type, revision);
        Class<?> eventClass = types.find(stored);
        byte[] json = dictionary.expand(payload);
        try {
            return eventClass == null
                    ? decodeOld(stored, json)
                    : reader(eventClass).readValue(json);
        } catch (JacksonException e) {
            // The payload itself is kept out of the message: it may be confidential, and messages end in logs.
            throw new IllegalStateException("stored " + stored + " cannot be read", e);
        }
    }

    private Object decodeOld(StoredType stored, byte[] json) {
        Path path = pathFrom(stored);
        if (!(mapper.readTree(json) instanceof ObjectNode tree)) {
            throw new IllegalStateException("stored " + stored + " is not an object");
        }
        return reader(path.eventClass()).readValue(path.apply(tree));
    }

    private ObjectReader reader(Class<?> eventClass) {
        return readers.computeIfAbsent(eventClass, mapper::readerFor);
    }

    private Path pathFrom(StoredType stored) {
        Path path = upcasters.from(stored);
        if (path == null) {
            throw new UnknownEventType(stored + " is not known to this version");
        }
        return path;
    }

    @Override
    public Class<?> typeOf(String type, short revision) {
        StoredType stored = new StoredType(type, revision);
        Class<?> eventClass = types.find(stored);
        return eventClass == null ? pathFrom(stored).eventClass() : eventClass;
    }
}
