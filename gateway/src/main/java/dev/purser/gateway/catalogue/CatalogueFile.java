package dev.purser.gateway.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The entries of a catalogue file, as they are written, each with its line. */
record CatalogueFile(List<Entry> providers, List<Entry> models) {
    private static final String PROVIDERS = "providers";
    private static final String MODELS = "models";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static CatalogueFile parse(String file, byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            CatalogueFile parsed = new CatalogueFile(new ArrayList<>(), new ArrayList<>());
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new CatalogueRefused(file, "must be a JSON object with providers and models");
            }
            Set<String> seen = new HashSet<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (!seen.add(name)) {
                    throw new CatalogueRefused(file, name + " is there twice");
                }
                parser.nextToken();
                switch (name) {
                    case PROVIDERS -> entries(file, name, parser, parsed.providers);
                    case MODELS -> entries(file, name, parser, parsed.models);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new CatalogueRefused(file, "is not valid JSON: something follows its end");
            }
            return parsed;
        } catch (JacksonException e) {
            throw new CatalogueRefused(
                    file,
                    "is not valid JSON: " + e.getOriginalMessage()
                            + (e.getLocation() == null
                                    ? ""
                                    : " at line " + e.getLocation().getLineNr()));
        }
    }

    private static void entries(String file, String list, JsonParser parser, List<Entry> into) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new CatalogueRefused(file, list + " must be a list");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = parser.currentTokenLocation().getLineNr();
            JsonNode json = parser.readValueAsTree();
            into.add(new Entry(file, line, "", json));
        }
    }
}
