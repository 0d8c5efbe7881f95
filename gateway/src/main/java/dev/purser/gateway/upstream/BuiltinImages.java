package dev.purser.gateway.upstream;

import dev.purser.gateway.upstream.UpstreamFailure.Kind;
import dev.purser.gateway.wire.ListAnswer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Pictures without a model: a pattern of two colours, mirrored, drawn from the hash of the prompt. The same prompt makes
 * the same picture.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG</a>
 */
final class BuiltinImages {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,3})x([1-9][0-9]{0,3})");
    private static final String DEFAULT_SIZE = "256x256";
    private static final int MAX_SIDE = 1_024;
    private static final int CELLS = 8;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private BuiltinImages() {}

    static ListAnswer answer(UpstreamRequest request, Clock clock) throws UpstreamFailure {
        Matcher size = SIZE.matcher(request.body().path("size").asString(DEFAULT_SIZE));
        if (!size.matches()
                || Integer.parseInt(size.group(1)) > MAX_SIDE
                || Integer.parseInt(size.group(2)) > MAX_SIDE) {
            throw new UpstreamFailure(
                    Kind.BAD_REQUEST, "The size must be WIDTHxHEIGHT, each at most " + MAX_SIDE + " pixels.");
        }
        boolean asUrl =
                request.body().path("response_format").asString("b64_json").equals("url");
        int count = request.body().path("n").asInt(1);
        StringBuilder data = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            byte[] hash = hash(i + " " + request.body().path("prompt").asString(""));
            String base64 = Base64.getEncoder()
                    .encodeToString(png(hash, Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))));
            data.append(i == 0 ? "" : ",")
                    .append(asUrl ? "{\"url\":\"data:image/png;base64," : "{\"b64_json\":\"")
                    .append(base64)
                    .append("\"}");
        }
        return new ListAnswer(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("created", clock.instant().getEpochSecond()),
                data.append(']').toString().getBytes(StandardCharsets.US_ASCII),
                count);
    }

    private static byte[] png(byte[] hash, int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 1).put((byte) 3);
        chunk(out, "IHDR", header.array());
        chunk(out, "PLTE", new byte[] {hash[0], hash[1], hash[2], (byte) ~hash[0], (byte) ~hash[1], (byte) ~hash[2]});
        chunk(out, "IDAT", deflated(pixels(hash, width, height)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** One bit a pixel, each row after a byte that says that it is not filtered. */
    private static byte[] pixels(byte[] hash, int width, int height) {
        int rowBytes = 1 + (width + 7) / 8;
        byte[] pixels = new byte[rowBytes * height];
        for (int y = 0; y < height; y++) {
            int row = hash[4 + y * CELLS / height] & 0xff;
            for (int x = 0; x < width; x++) {
                int cell = x * CELLS / width;
                int bit = row >> Math.min(cell, CELLS - 1 - cell) & 1;
                pixels[y * rowBytes + 1 + x / 8] |= (byte) (bit << (7 - x % 8));
            }
        }
        return pixels;
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[8_192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        byte[] typed = ByteBuffer.allocate(4 + content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        CRC32 check = new CRC32();
        check.update(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
