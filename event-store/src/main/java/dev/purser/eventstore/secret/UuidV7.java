package dev.purser.eventstore.secret;

import java.nio.ByteBuffer;
import java.util.UUID;

/** UUIDs of version 7: 48 bits of milliseconds, 74 random bits. They sort by time, and nobody can guess one. */
public final class UuidV7 {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private UuidV7() {}

    /** A new one. */
    public static UUID next() {
        return at(System.currentTimeMillis());
    }

    static UUID at(long epochMillis) {
        ByteBuffer random = ByteBuffer.wrap(RandomPool.bytes(10));
        long high = (epochMillis << 16) | VERSION_7 | (random.getShort() & 0x0FFFL);
        long low = VARIANT | (random.getLong() >>> 2);
        return new UUID(high, low);
    }
}
