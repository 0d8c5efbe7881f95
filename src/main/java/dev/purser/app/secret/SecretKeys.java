package dev.purser.app.secret;

import dev.purser.app.storage.StartRefused;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A list of 256-bit keys, newest first: new work is done with the first, old work is recognised by any. */
public final class SecretKeys {
    public static final int LENGTH_BYTES = 32;

    private static final int CHECK_CHARACTERS = 16;

    private final List<byte[]> keys;

    private SecretKeys(List<byte[]> keys) {
        this.keys = keys;
    }

    /** Reads base64 keys; {@code name} is what the operator calls the setting. */
    public static SecretKeys parse(String name, List<String> encoded) {
        if (encoded.isEmpty()) {
            throw new StartRefused(name + " is not set. It must hold one or more keys of 32 random bytes in base64, "
                    + "newest first, separated by commas; make one with: openssl rand -base64 32");
        }
        return new SecretKeys(encoded.stream().map(key -> parse(name, key)).toList());
    }

    /** A new random key in the form that {@link #parse} reads. */
    public static String random() {
        byte[] key = new byte[LENGTH_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** Copies of the keys, newest first. */
    public List<byte[]> newestFirst() {
        return keys.stream().map(byte[]::clone).toList();
    }

    /** What the database keeps of each key, to notice a lost or swapped one; says nothing about the key. */
    List<String> checks() {
        return keys.stream().map(SecretKeys::check).toList();
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }

    private static byte[] parse(String name, String encoded) {
        try {
            byte[] key = Base64.getDecoder().decode(encoded.strip());
            if (key.length == LENGTH_BYTES && !isConstant(key)) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below like a key of the wrong length: the value itself must not be shown.
        }
        throw new StartRefused(
                "A key in " + name + " is not 32 random bytes in base64. Make one with: openssl rand " + "-base64 32");
    }

    private static boolean isConstant(byte[] key) {
        byte[] constant = new byte[LENGTH_BYTES];
        Arrays.fill(constant, key[0]);
        return Arrays.equals(key, constant);
    }

    private static String check(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] digest = mac.doFinal("purser key check".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest).substring(0, CHECK_CHARACTERS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256", e);
        }
    }
}
