package dev.purser.eventstore.secret;

import java.util.UUID;

/** Base 62 with digits in ASCII order (0-9, A-Z, a-z), so that encoded numbers of one length sort as the numbers do. */
final class Base62 {

    static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** 62^22 is just above 2^128. */
    static final int UUID_DIGITS = 22;

    private static final long LIMB = 0xFFFF_FFFFL;

    private Base62() {}

    /** The 128 bits as 22 digits. */
    static String encode(UUID uuid) {
        // Long division of four 32-bit limbs; plain longs, because BigInteger would cost more than the rest of an id.
        long a = uuid.getMostSignificantBits() >>> 32;
        long b = uuid.getMostSignificantBits() & LIMB;
        long c = uuid.getLeastSignificantBits() >>> 32;
        long d = uuid.getLeastSignificantBits() & LIMB;
        char[] digits = new char[UUID_DIGITS];
        for (int i = UUID_DIGITS - 1; i >= 0; i--) {
            long rest = a % 62;
            a /= 62;
            long part = (rest << 32) | b;
            b = part / 62;
            part = (part % 62 << 32) | c;
            c = part / 62;
            part = (part % 62 << 32) | d;
            d = part / 62;
            digits[i] = DIGITS.charAt((int) (part % 62));
        }
        return new String(digits);
    }
}
