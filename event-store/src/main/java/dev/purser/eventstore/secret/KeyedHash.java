package dev.purser.eventstore.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 under a list of server keys, newest first: the newest writes, all of them are tried on look-up. */
final class KeyedHash {

    private static final int KEY_BYTES = 32;

    private final List<SecretKeySpec> keys;

    KeyedHash(List<byte[]> newestFirst) {
        if (newestFirst.isEmpty()) {
            throw new IllegalArgumentException("at least one key is needed");
        }
        keys = new ArrayList<>(newestFirst.size());
        for (byte[] key : newestFirst) {
            if (key.length != KEY_BYTES) {
                throw new IllegalArgumentException("a key must have 32 bytes, but has " + key.length);
            }
            keys.add(new SecretKeySpec(key, "HmacSHA256"));
        }
    }

    /** The hash under the newest key, in lower-case hex. */
    String newest(byte[] message) {
        return hash(keys.getFirst(), message);
    }

    /** The hashes under all keys, newest first. */
    List<String> all(byte[] message) {
        return keys.stream().map(key -> hash(key, message)).toList();
    }

    /** Texts, each preceded by its length in bytes as a 32-bit big-endian integer, so that no two lists look alike. */
    static byte[] framed(String... texts) {
        byte[][] parts = new byte[texts.length][];
        int length = 0;
        for (int i = 0; i < texts.length; i++) {
            parts[i] = texts[i].getBytes(StandardCharsets.UTF_8);
            length += 4 + parts[i].length;
        }
        ByteBuffer framed = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            framed.putInt(part.length).put(part);
        }
        return framed.array();
    }

    private static String hash(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
