package dev.purser.eventstore.secret;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes of a {@link SecureRandom}, drawn in large pieces: a call per event would cost more than storing the event.
 * Bytes handed out are wiped from the pool.
 */
public final class RandomPool {

    private static final RandomPool SHARED = new RandomPool(new SecureRandom());

    private final SecureRandom source;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] pool = new byte[8192];
    private int used = pool.length;

    RandomPool(SecureRandom source) {
        this.source = source;
    }

    /** So many new random bytes, at most 8,192. */
    public static byte[] bytes(int count) {
        byte[] drawn = new byte[count];
        SHARED.draw(drawn);
        return drawn;
    }

    void draw(byte[] into) {
        if (into.length > pool.length) {
            throw new IllegalArgumentException("at most 8192 bytes can be drawn at once, not " + into.length);
        }
        lock.lock();
        try {
            if (pool.length - used < into.length) {
                source.nextBytes(pool);
                used = 0;
            }
            System.arraycopy(pool, used, into, 0, into.length);
            Arrays.fill(pool, used, used + into.length, (byte) 0);
            used += into.length;
        } finally {
            lock.unlock();
        }
    }
}
