package dev.purser.app.node;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What nodes of one installation know each other by: one token per encryption key, derived from it. All are shown and any
 * is taken, so that keys can be rotated node by node. Thread-safe.
 */
public final class NodeSecret {
    static final String HEADER = "Purser-Node";

    private static final byte[] PURPOSE = "purser node v1".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_SHOWN = 16;

    private final List<byte[]> tokens;

    private NodeSecret(List<byte[]> tokens) {
        this.tokens = tokens;
    }

    /** The tokens of an installation's encryption keys. */
    public static NodeSecret of(List<byte[]> encryptionKeys) {
        return new NodeSecret(encryptionKeys.stream()
                .limit(MAX_SHOWN)
                .map(key -> token(key).getBytes(StandardCharsets.US_ASCII))
                .toList());
    }

    /** The value of the header by which another node recognises this one. */
    String shown() {
        return String.join(
                ",",
                tokens.stream()
                        .map(token -> new String(token, StandardCharsets.US_ASCII))
                        .toList());
    }

    /** Whether who sent this header's value belongs to this installation; takes the same time whatever is wrong with it. */
    boolean accepts(@Nullable String shown) {
        if (shown == null) {
            return false;
        }
        boolean known = false;
        for (String candidate : shown.split(",", MAX_SHOWN + 1)) {
            byte[] bytes = candidate.strip().getBytes(StandardCharsets.US_ASCII);
            for (byte[] token : tokens) {
                known |= MessageDigest.isEqual(token, bytes);
            }
        }
        return known;
    }

    private static String token(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(PURPOSE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256", e);
        }
    }
}
