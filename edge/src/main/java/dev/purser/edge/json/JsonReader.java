package dev.purser.edge.json;

import dev.purser.edge.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads a body strictly: UTF-8 only, one object, no duplicate keys, bounded nesting, numbers as raw text. */
final class JsonReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_CHARACTERS = 1_000;
    private static final int MAX_NUMBER_CHARACTERS = 1_000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME_CHARACTERS)
                    .maxNumberLength(MAX_NUMBER_CHARACTERS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonReader() {}

    /**
     * The top-level object; nothing at all counts as an empty one, since some clients send no body where none is
     * needed.
     */
    static Map<String, @Nullable Object> object(byte[] body) {
        if (body.length == 0) {
            return Map.of();
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), decode(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Problem(400, "invalid_json", "the body must be a JSON object");
            }
            Map<String, @Nullable Object> object = objectFrom(parser);
            if (parser.nextToken() != null) {
                throw new Problem(400, "invalid_json", "the body must be one JSON object and nothing after it");
            }
            return object;
        } catch (StreamConstraintsException e) {
            throw new Problem(
                    400,
                    "invalid_json",
                    "the body's JSON is nested deeper than %d levels or has a name or number of more than %d characters"
                            .formatted(MAX_DEPTH, MAX_NUMBER_CHARACTERS));
        } catch (JacksonException e) {
            throw new Problem(
                    400,
                    "invalid_json",
                    "the body is not valid JSON (line %d, column %d)"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        }
    }

    private static String decode(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(400, "invalid_json", "the body is not valid UTF-8");
        }
    }

    private static Map<String, @Nullable Object> objectFrom(JsonParser parser) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<@Nullable Object> arrayFrom(JsonParser parser) {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> objectFrom(parser);
            case START_ARRAY -> arrayFrom(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new NumberText(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a value cannot start with " + parser.currentToken());
        };
    }
}
