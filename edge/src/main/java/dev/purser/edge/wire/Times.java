package dev.purser.edge.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times on the wire: ISO-8601 UTC with milliseconds and {@code Z}. */
public final class Times {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** Cut off, not rounded: a time never appears later than it is. */
    public static String iso(Instant time) {
        return FORMAT.format(time);
    }

    public static @Nullable String isoOrNull(@Nullable Instant time) {
        return time == null ? null : iso(time);
    }
}
