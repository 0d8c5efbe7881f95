package dev.purser.eventstore.secret;

import java.util.regex.Pattern;

/**
 * Ids of streams and other things: a prefix of three lower-case letters and a version 7 UUID in 22 base-62 digits. They
 * sort by the millisecond they were made in, have no separators, and nobody can guess one. Thread-safe.
 */
public final class Ids {

    private static final Pattern PREFIX = Pattern.compile("[a-z]{3}");

    private Ids() {}

    /** A new id with this prefix. */
    public static String next(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("an id's prefix has three lower-case letters: '" + prefix + "'");
        }
        return prefix + Base62.encode(UuidV7.next());
    }
}
