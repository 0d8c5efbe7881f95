package dev.purser.gateway.upstream;

import dev.purser.gateway.metering.EmbeddingBound;
import dev.purser.gateway.upstream.UpstreamFailure.Kind;
import dev.purser.gateway.wire.ListAnswer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Vectors of length 1 without a model: each word of a text points in a direction of its own, drawn from its hash, and the
 * text in the sum of them. So the same text has the same vector, and texts with words in common are near each other.
 */
final class BuiltinEmbeddings {
    private static final int DIMENSIONS = 256;
    private static final int MAX_DIMENSIONS = 1_024;
    private static final int MAX_NUMBERS = 1 << 20;

    private BuiltinEmbeddings() {}

    static ListAnswer answer(UpstreamRequest request) throws UpstreamFailure {
        List<JsonNode> texts = texts(request.body().path("input"));
        int dimensions = request.body().path("dimensions").asInt(DIMENSIONS);
        if (dimensions > MAX_DIMENSIONS || (long) dimensions * texts.size() > MAX_NUMBERS) {
            throw new UpstreamFailure(
                    Kind.BAD_REQUEST,
                    "The vectors must have at most " + MAX_DIMENSIONS + " dimensions, and " + MAX_NUMBERS
                            + " numbers together.");
        }
        boolean base64 =
                request.body().path("encoding_format").asString("float").equals("base64");
        StringBuilder data = new StringBuilder("[");
        for (int i = 0; i < texts.size(); i++) {
            float[] vector = vector(words(texts.get(i)), dimensions);
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":");
            if (base64) {
                data.append('"').append(base64(vector)).append('"');
            } else {
                append(vector, data);
            }
            data.append('}');
        }
        long tokens = EmbeddingBound.builtin(texts);
        ObjectNode rest = JsonNodeFactory.instance
                .objectNode()
                .put("object", "list")
                .put("model", request.offer().upstreamId());
        rest.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return new ListAnswer(rest, data.append(']').toString().getBytes(StandardCharsets.US_ASCII), texts.size());
    }

    private static List<JsonNode> texts(JsonNode input) {
        return input.isString() || input.path(0).isNumber()
                ? List.of(input)
                : input.valueStream().toList();
    }

    private static List<String> words(JsonNode text) {
        List<String> words = new ArrayList<>();
        if (text.isString()) {
            for (String word : text.stringValue().toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
            return words.isEmpty() ? List.of(text.stringValue()) : words;
        }
        text.forEach(token -> words.add(token.asString()));
        return words;
    }

    private static float[] vector(List<String> words, int dimensions) {
        double[] sum = new double[dimensions];
        for (String word : words) {
            SplittableRandom direction = new SplittableRandom(hash(word));
            for (int i = 0; i < dimensions; i++) {
                sum[i] += direction.nextDouble(-1, 1);
            }
        }
        double squares = 0;
        for (double number : sum) {
            squares += number * number;
        }
        double length = Math.sqrt(squares);
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (sum[i] / length);
        }
        return vector;
    }

    /** FNV-1a, 64 bits. */
    private static long hash(String word) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    private static void append(float[] vector, StringBuilder data) {
        for (int i = 0; i < vector.length; i++) {
            data.append(i == 0 ? '[' : ',').append(vector[i]);
        }
        data.append(']');
    }

    /** As OpenAI sends it: little-endian floats of 32 bits. */
    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
