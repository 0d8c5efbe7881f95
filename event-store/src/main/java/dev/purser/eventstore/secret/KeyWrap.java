package dev.purser.eventstore.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * Customers' keys as they are stored, wrapped under a server key.
 *
 * <pre>wrapped := 0x01 ‖ SHA-256(server key)[0..4) ‖ nonce (12) ‖ AES-256-GCM(server key, customer's key; AAD = "customer key" and id, framed)</pre>
 */
final class KeyWrap {

    private static final byte VERSION = 1;
    private static final int KEY_ID_BYTES = 4;

    private final List<byte[]> serverKeys;

    KeyWrap(List<byte[]> newestFirst) {
        if (newestFirst.isEmpty() || newestFirst.stream().anyMatch(key -> key.length != Aead.KEY_BYTES)) {
            throw new IllegalArgumentException("at least one server key is needed, each of 32 bytes");
        }
        this.serverKeys = newestFirst.stream().map(byte[]::clone).toList();
    }

    byte[] wrap(byte[] customerKey, String customerId) {
        byte[] serverKey = serverKeys.getFirst();
        byte[] sealed = Aead.seal(serverKey, customerKey, associated(customerId));
        byte[] wrapped = new byte[1 + KEY_ID_BYTES + sealed.length];
        wrapped[0] = VERSION;
        System.arraycopy(keyId(serverKey), 0, wrapped, 1, KEY_ID_BYTES);
        System.arraycopy(sealed, 0, wrapped, 1 + KEY_ID_BYTES, sealed.length);
        return wrapped;
    }

    byte[] unwrap(byte[] wrapped, String customerId) {
        if (wrapped.length < 1 + KEY_ID_BYTES || wrapped[0] != VERSION) {
            throw new IllegalStateException("the key of customer " + customerId + " is stored in an unknown form");
        }
        byte[] wantedId = Arrays.copyOfRange(wrapped, 1, 1 + KEY_ID_BYTES);
        for (byte[] serverKey : serverKeys) {
            if (Arrays.equals(wantedId, keyId(serverKey))) {
                return Aead.open(serverKey, wrapped, 1 + KEY_ID_BYTES, associated(customerId))
                        .orElseThrow(() ->
                                new IllegalStateException("the key of customer " + customerId + " was tampered with"));
            }
        }
        throw new IllegalStateException(
                "the key of customer " + customerId + " is wrapped under a server key that is not configured");
    }

    private static byte[] associated(String customerId) {
        return KeyedHash.framed("customer key", customerId);
    }

    private static byte[] keyId(byte[] serverKey) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(serverKey), KEY_ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
