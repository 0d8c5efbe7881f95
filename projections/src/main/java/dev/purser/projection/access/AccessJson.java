package dev.purser.projection.access;

import dev.purser.domain.project.ProjectSettings;
import dev.purser.eventstore.codec.JsonEventCodec;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Settings and model lists as the inline tables hold them. Thread-safe. */
final class AccessJson {
    // Every request needs the settings of its project, of which there are few: parsed once per text.
    private static final int MAX_REMEMBERED = 1_000;

    private static final JsonMapper MAPPER = JsonEventCodec.mapper();
    private static final ObjectWriter WRITER = MAPPER.writer();
    private static final ObjectReader SETTINGS = MAPPER.readerFor(ProjectSettings.class);
    private static final ObjectReader MODELS = MAPPER.readerForListOf(String.class);
    private static final ConcurrentHashMap<String, ProjectSettings> REMEMBERED = new ConcurrentHashMap<>();

    private AccessJson() {}

    static String settings(ProjectSettings settings) {
        return WRITER.writeValueAsString(settings);
    }

    static ProjectSettings settings(String json) {
        ProjectSettings known = REMEMBERED.get(json);
        if (known != null) {
            return known;
        }
        ProjectSettings settings = SETTINGS.readValue(json);
        if (REMEMBERED.size() >= MAX_REMEMBERED) {
            REMEMBERED.clear();
        }
        REMEMBERED.put(json, settings);
        return settings;
    }

    static @Nullable String models(@Nullable List<String> models) {
        return models == null ? null : WRITER.writeValueAsString(models);
    }

    static @Nullable List<String> models(@Nullable String json) {
        if (json == null) {
            return null;
        }
        List<String> models = MODELS.readValue(json);
        return List.copyOf(models);
    }
}
