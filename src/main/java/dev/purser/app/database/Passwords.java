package dev.purser.app.database;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords that no human types. */
final class Passwords {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH_BYTES = 24;

    private Passwords() {}

    static String random() {
        byte[] bytes = new byte[LENGTH_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
