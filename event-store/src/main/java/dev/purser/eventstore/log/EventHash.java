package dev.purser.eventstore.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The hashes that make the log tamper-evident. Byte layout, all integers big-endian:
 *
 * <pre>
 * contentHash = SHA-256 over ten fields, each preceded by its length in bytes as a 32-bit integer:
 *    1  stream               UTF-8
 *    2  sequence             64-bit
 *    3  type                 UTF-8
 *    4  revision             16-bit
 *    5  event id             16 bytes, most significant first
 *    6  occurred at          64-bit, microseconds since 1970-01-01T00:00:00Z
 *    7  metadata             as stored
 *    8  payload              as stored
 *    9  salt                 16 bytes
 *   10  previous contentHash 32 bytes; 32 zero bytes for the first event of a stream
 *
 * leaf = SHA-256(0x00 ‖ contentHash ‖ recorded at), recorded at as in field 6, without lengths
 * </pre>
 *
 * The global position is not hashed: a command that runs before its predecessor is durable cannot know it; the tree
 * built over the leaves binds it.
 */
public final class EventHash {

    /** Bytes of a hash. */
    public static final int HASH_BYTES = 32;

    /** Bytes of salt per event. */
    public static final int SALT_BYTES = 16;

    private static final MessageDigest SHA_256 = sha256();
    private static final int FIXED_BYTES = 10 * 4 + 8 + 2 + 16 + 8 + SALT_BYTES + HASH_BYTES;

    private EventHash() {}

    /** The previous hash of a stream's first event: 32 zero bytes. */
    public static byte[] none() {
        return new byte[HASH_BYTES];
    }

    /** The content hash of an event, over its fields as they are stored. */
    public static byte[] contentHash(
            String stream,
            long sequence,
            String type,
            short revision,
            UUID eventId,
            Instant occurredAt,
            byte[] metadata,
            byte[] payload,
            byte[] salt,
            byte[] previousHash) {
        byte[] streamBytes = stream.getBytes(StandardCharsets.UTF_8);
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        ByteBuffer fields = ByteBuffer.allocate(
                FIXED_BYTES + streamBytes.length + typeBytes.length + metadata.length + payload.length);
        putField(fields, streamBytes);
        fields.putInt(8).putLong(sequence);
        putField(fields, typeBytes);
        fields.putInt(2).putShort(revision);
        fields.putInt(16).putLong(eventId.getMostSignificantBits()).putLong(eventId.getLeastSignificantBits());
        fields.putInt(8).putLong(micros(occurredAt));
        putField(fields, metadata);
        putField(fields, payload);
        putField(fields, salt);
        putField(fields, previousHash);
        return digest().digest(fields.array());
    }

    /** The leaf of the event in the log's tree. */
    public static byte[] leaf(byte[] contentHash, Instant recordedAt) {
        ByteBuffer leaf = ByteBuffer.allocate(1 + HASH_BYTES + 8);
        leaf.put((byte) 0).put(contentHash).putLong(micros(recordedAt));
        return digest().digest(leaf.array());
    }

    /** Microseconds since 1970-01-01T00:00:00Z; the instant must not be finer than that. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static void putField(ByteBuffer fields, byte[] value) {
        fields.putInt(value.length).put(value);
    }

    private static MessageDigest digest() {
        try {
            // Cloning is several times cheaper than asking the providers for a new instance per event.
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            return sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
