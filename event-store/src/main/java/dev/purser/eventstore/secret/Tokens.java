package dev.purser.eventstore.secret;

/** Tokens that open something: a prefix and 40 random base-62 digits (238 bits). Thread-safe. */
public final class Tokens {

    /** Random digits after the prefix. */
    public static final int RANDOM_DIGITS = 40;

    // The greatest multiple of 62 below 256: bytes from there on are drawn again, else some digits came more often.
    private static final int UNBIASED_BELOW = 248;

    private Tokens() {}

    /** A new token with this prefix, like {@code sk_test_}. */
    public static String next(String prefix) {
        return prefix + digits(RANDOM_DIGITS);
    }

    /** So many random base-62 digits. */
    public static String digits(int count) {
        StringBuilder digits = new StringBuilder(count);
        while (digits.length() < count) {
            for (byte random : RandomPool.bytes(Math.min(count - digits.length(), 1_024))) {
                int value = Byte.toUnsignedInt(random);
                if (value < UNBIASED_BELOW) {
                    digits.append(Base62.DIGITS.charAt(value % 62));
                }
            }
        }
        return digits.toString();
    }
}
