package dev.purser.edge.request;

import dev.purser.edge.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where a page of a list ended: a position and a MAC over it and the list's scope (whose it is, how it is filtered), so that
 * a cursor works only where it was given out. Thread-safe.
 */
public final class PositionCursor {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 16;
    private static final int CURSOR_BYTES = Long.BYTES + MAC_BYTES;

    private final SecretKeySpec key;

    /** @param key a secret of the server, the same on all nodes; at least 16 bytes */
    public PositionCursor(byte[] key) {
        if (key.length < MAC_BYTES) {
            throw new IllegalArgumentException("a key for cursors has at least 16 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** @param scope differs between any two lists; ids have no separators of their own */
    public String encode(String scope, long position) {
        byte[] cursor = ByteBuffer.allocate(CURSOR_BYTES)
                .putLong(position)
                .put(mac(scope, position))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /** The position; a foreign, tampered or malformed cursor is a 400. */
    public long decode(String scope, String cursor) {
        byte[] bytes = bytes(cursor);
        if (bytes.length == CURSOR_BYTES) {
            long position = ByteBuffer.wrap(bytes).getLong();
            byte[] given = Arrays.copyOfRange(bytes, Long.BYTES, CURSOR_BYTES);
            if (MessageDigest.isEqual(given, mac(scope, position))) {
                return position;
            }
        }
        throw Problem.invalid("cursor", "must be a nextCursor of this list");
    }

    private static byte[] bytes(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private byte[] mac(String scope, long position) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(scope.getBytes(StandardCharsets.UTF_8));
            byte[] full = mac.doFinal(
                    ByteBuffer.allocate(Long.BYTES).putLong(position).array());
            return Arrays.copyOf(full, MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
