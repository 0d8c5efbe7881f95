package dev.purser.gateway.wire;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON that is handed on: a number leaves with the digits it came with. */
public final class WireJson {
    private static final int MAX_STRING_LENGTH = 64 << 20;
    private static final int MAX_DEPTH = 200;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_STRING_LENGTH)
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private WireJson() {}

    /** The text is not JSON. Says nothing of the text itself, which may be a prompt. */
    public static final class NotJson extends Exception {
        private static final long serialVersionUID = 1L;

        NotJson(String message) {
            super(message, null, false, false);
        }
    }

    public static JsonNode parse(byte[] json) throws NotJson {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    public static JsonNode parse(String json) throws NotJson {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    static JsonParser parser(byte[] json) {
        return MAPPER.createParser(json);
    }

    static NotJson notJson(JacksonException e) {
        return e.getLocation() == null
                ? new NotJson("not valid JSON")
                : new NotJson("not valid JSON at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr());
    }
}
