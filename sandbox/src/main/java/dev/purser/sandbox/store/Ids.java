package dev.purser.sandbox.store;

import java.security.SecureRandom;

/** Random text in Stripe's alphabet; nobody can guess what is as long as a secret. Thread-safe. */
public final class Ids {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SECRET_LENGTH = 25;
    private static final int REQUEST_LENGTH = 14;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** About 148 bits. */
    public static String secret() {
        return random(SECRET_LENGTH);
    }

    public static String request() {
        return "req_" + random(REQUEST_LENGTH);
    }
}
