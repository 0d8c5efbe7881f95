package dev.purser.projection.entry;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/** An entry's id is its event's: "ent" and the UUID in 22 base-62 digits (0-9, A-Z, a-z). */
public final class EntryIds {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int LENGTH = 22;
    private static final int POSITIVE = 1;

    private EntryIds() {}

    public static String of(UUID eventId) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(eventId.getMostSignificantBits())
                .putLong(eventId.getLeastSignificantBits())
                .array();
        char[] digits = new char[LENGTH];
        Arrays.fill(digits, DIGITS.charAt(0));
        BigInteger rest = new BigInteger(POSITIVE, bytes);
        for (int i = LENGTH - 1; rest.signum() > 0; i--) {
            BigInteger[] divided = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(divided[1].intValue());
            rest = divided[0];
        }
        return "ent" + new String(digits);
    }
}
