package dev.purser.projection.entry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** An entry's id is its event's: "ent" and the UUID in 22 base-62 digits (0-9, A-Z, a-z). */
public final class EntryIds {
    private static final byte[] DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final String PREFIX = "ent";
    private static final int LENGTH = PREFIX.length() + 22;
    /** 62 to the 5th: times 2 to the 32nd it is still a positive long. */
    private static final long CHUNK = 916_132_832L;

    private static final int CHUNK_DIGITS = 5;
    private static final int WORDS = 4;
    private static final long LOW_WORD = 0xFFFF_FFFFL;

    private EntryIds() {}

    /** Long division by hand, five digits at a time: this runs once or twice per event. */
    public static String of(UUID eventId) {
        long[] words = {
            eventId.getMostSignificantBits() >>> 32,
            eventId.getMostSignificantBits() & LOW_WORD,
            eventId.getLeastSignificantBits() >>> 32,
            eventId.getLeastSignificantBits() & LOW_WORD
        };
        byte[] text = new byte[LENGTH];
        Arrays.fill(text, DIGITS[0]);
        for (int i = 0; i < PREFIX.length(); i++) {
            text[i] = (byte) PREFIX.charAt(i);
        }
        int next = LENGTH;
        while (next > PREFIX.length()) {
            long rest = 0;
            for (int i = 0; i < WORDS; i++) {
                long dividend = rest << 32 | words[i];
                words[i] = dividend / CHUNK;
                rest = dividend % CHUNK;
            }
            for (int digit = 0; digit < CHUNK_DIGITS && next > PREFIX.length(); digit++) {
                text[--next] = DIGITS[(int) (rest % DIGITS.length)];
                rest /= DIGITS.length;
            }
        }
        return new String(text, StandardCharsets.US_ASCII);
    }
}
