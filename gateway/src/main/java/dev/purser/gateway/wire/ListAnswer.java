package dev.purser.gateway.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer whose bulk is its list of {@code data}, vectors or pictures: that passes through as the bytes it came as,
 * counted but not taken apart.
 *
 * @param rest every other field
 * @param data a JSON array
 * @param count how many elements it has
 */
public record ListAnswer(ObjectNode rest, byte[] data, int count) {
    private static final String DATA = "data";

    /** Null where there is no such list. */
    public static @Nullable ListAnswer parse(byte[] json) throws WireJson.NotJson {
        try (JsonParser parser = WireJson.parser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            ObjectNode rest = JsonNodeFactory.instance.objectNode();
            byte[] data = null;
            int count = 0;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals(DATA) && value == JsonToken.START_ARRAY) {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    if (start < 0) {
                        throw new WireJson.NotJson("not UTF-8");
                    }
                    count = skipElements(parser);
                    data = Arrays.copyOfRange(
                            json, start, (int) parser.currentLocation().getByteOffset());
                } else if (name.equals(DATA)) {
                    return null;
                } else {
                    JsonNode node = parser.readValueAsTree();
                    rest.set(name, node);
                }
            }
            if (parser.nextToken() != null) {
                throw new WireJson.NotJson("something follows its end");
            }
            return data == null && !rest.has("error")
                    ? null
                    : new ListAnswer(rest, data == null ? new byte[0] : data, count);
        } catch (JacksonException e) {
            throw WireJson.notJson(e);
        }
    }

    private static int skipElements(JsonParser parser) {
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            count++;
        }
        return count;
    }

    /** As JSON again. */
    public byte[] bytes() {
        byte[] head = "{\"data\":".getBytes(StandardCharsets.US_ASCII);
        byte[] tail = WireJson.bytes(rest);
        tail[0] = (byte) (rest.isEmpty() ? ' ' : ',');
        byte[] all = Arrays.copyOf(head, head.length + data.length + tail.length);
        System.arraycopy(data, 0, all, head.length, data.length);
        System.arraycopy(tail, 0, all, head.length + data.length, tail.length);
        return all;
    }
}
