package dev.purser.eventstore.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Stored answers that hold a secret, sealed under a key derived from the caller's own token: who has the database and the
 * server's keys, but not the token, cannot read them. Thread-safe, without state.
 *
 * <pre>sealed := 0x01 ‖ salt (16) ‖ nonce (12) ‖ AES-256-GCM(HKDF-SHA-256(token, salt, "purser answer v1"), answer; AAD = purpose)</pre>
 */
public final class SealedAnswers {

    private static final byte VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final byte[] INFO = "purser answer v1".getBytes(StandardCharsets.US_ASCII);

    private SealedAnswers() {}

    /** Seals an answer for who has the token; it opens for the same purpose only. */
    public static byte[] seal(String token, String purpose, byte[] answer) {
        byte[] salt = RandomPool.bytes(SALT_BYTES);
        byte[] sealed = Aead.seal(key(token, salt), answer, purpose.getBytes(StandardCharsets.UTF_8));
        byte[] stored = new byte[1 + SALT_BYTES + sealed.length];
        stored[0] = VERSION;
        System.arraycopy(salt, 0, stored, 1, SALT_BYTES);
        System.arraycopy(sealed, 0, stored, 1 + SALT_BYTES, sealed.length);
        return stored;
    }

    /** The answer; empty for another token, another purpose or changed bytes. */
    public static Optional<byte[]> open(String token, String purpose, byte[] stored) {
        if (stored.length < 1 + SALT_BYTES || stored[0] != VERSION) {
            return Optional.empty();
        }
        byte[] salt = Arrays.copyOfRange(stored, 1, 1 + SALT_BYTES);
        return Aead.open(key(token, salt), stored, 1 + SALT_BYTES, purpose.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] key(String token, byte[] salt) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(token.getBytes(StandardCharsets.UTF_8))
                            .addSalt(salt)
                            .thenExpand(INFO, Aead.KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
        }
    }
}
