package dev.purser.eventstore.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The stored binary form of an event's metadata, a map of text to text.
 *
 * <pre>
 * metadata := entry*                       no metadata is no bytes at all
 * entry    := code value                   code ≥ 1: a well-known key, see below
 *           | 0x00 key value               any other key
 * key      := length16 utf8-bytes          length16: unsigned 16-bit, big-endian
 * value    := length16 utf8-bytes
 * </pre>
 *
 * Well-known keys: 1 actor, 2 requestId, 3 correlation, 4 causation, 5 origin, 6 session, 7 idempotencyKey. Entries are
 * in ascending order of code, then (code 0) of key; so one map has one form. Codes are never reused. At most 16,384 bytes.
 */
public final class MetadataFormat {

    /** The most bytes that an event's metadata may take. */
    public static final int MAX_BYTES = 16_384;

    // The index is the code. Append only.
    private static final List<String> WELL_KNOWN =
            List.of("", "actor", "requestId", "correlation", "causation", "origin", "session", "idempotencyKey");
    private static final byte[] EMPTY = {};

    private MetadataFormat() {}

    /** Writes the map in its one stored form. */
    public static byte[] encode(Map<String, String> metadata) {
        if (metadata.isEmpty()) {
            return EMPTY;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        int known = 0;
        for (int code = 1; code < WELL_KNOWN.size(); code++) {
            String value = metadata.get(WELL_KNOWN.get(code));
            if (value != null) {
                out.write(code);
                writeText(out, value);
                known++;
            }
        }
        if (known < metadata.size()) {
            new TreeMap<>(metadata).forEach((key, value) -> {
                if (key.isEmpty() || !WELL_KNOWN.contains(key)) {
                    out.write(0);
                    writeText(out, key);
                    writeText(out, value);
                }
            });
        }
        if (out.size() > MAX_BYTES) {
            throw new IllegalArgumentException("metadata takes " + out.size() + " bytes, at most 16384 are allowed");
        }
        return out.toByteArray();
    }

    /** Reads the stored form back; fails on bytes that are not of this form. */
    public static Map<String, String> decode(byte[] stored) {
        if (stored.length == 0) {
            return Map.of();
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        ByteBuffer in = ByteBuffer.wrap(stored);
        while (in.hasRemaining()) {
            int code = Byte.toUnsignedInt(in.get());
            if (code >= WELL_KNOWN.size()) {
                throw new IllegalArgumentException("metadata key code " + code + " is unknown");
            }
            String key = code == 0 ? readText(in) : WELL_KNOWN.get(code);
            metadata.put(key, readText(in));
        }
        return metadata;
    }

    private static void writeText(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "metadata text takes " + bytes.length + " bytes, at most 16384 are allowed");
        }
        out.write(bytes.length >>> 8);
        out.write(bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    private static String readText(ByteBuffer in) {
        if (in.remaining() < 2) {
            throw new IllegalArgumentException("metadata ends within a length");
        }
        int length = Short.toUnsignedInt(in.getShort());
        if (in.remaining() < length) {
            throw new IllegalArgumentException("metadata ends within a text");
        }
        String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
