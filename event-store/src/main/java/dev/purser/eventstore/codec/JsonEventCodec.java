package dev.purser.eventstore.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.purser.eventstore.codec.EventTypes.StoredType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as JSON: properties in declared order, instants in ISO-8601, nulls left out, unknown properties ignored on
 * read (a newer version may have added some).
 */
public final class JsonEventCodec implements EventCodec {

    private final EventTypes types;
    private final JsonMapper mapper;
    private final Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    /** A codec with {@link #mapper() the standard mapper}. */
    public JsonEventCodec(EventTypes types) {
        this(types, mapper());
    }

    /** A codec with a mapper of the caller's, usually {@code JsonEventCodec.mapper().rebuild()…build()}. */
    public JsonEventCodec(EventTypes types, JsonMapper mapper) {
        this.types = types;
        this.mapper = mapper;
    }

    /** The standard mapper of stored JSON. */
    public static JsonMapper mapper() {
        return JsonMapper.builder()
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
        return new EncodedEvent(stored.name(), stored.revision(), payload);
    }

    @Override
    public Object decode(String type, short revision, byte[] payload) {
        Class<?> eventClass = types.eventClass(type, revision);
        try {
            return readers.computeIfAbsent(eventClass, mapper::readerFor).readValue(payload);
        } catch (JacksonException e) {
            // The payload itself is kept out of the message: it may be confidential, and messages end in logs.
            throw new IllegalStateException("stored event " + type + " revision " + revision + " cannot be read", e);
        }
    }

    @Override
    public Class<?> typeOf(String type, short revision) {
        return types.eventClass(type, revision);
    }
}
