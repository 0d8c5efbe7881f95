package dev.purser.eventstore.append;

import dev.purser.eventstore.codec.EncodedEvent;
import dev.purser.eventstore.log.EventHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * One event, encoded and hashed on the caller's thread, complete but for its position and the time of its recording.
 *
 * @param row the columns after those two as fields of PostgreSQL's binary COPY format, so that the one writer has
 *     nothing left to do but to concatenate
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from caller to writer, never compared
public record QueuedEvent(long sequence, UUID eventId, byte[] contentHash, byte[] row) {

    /** The columns of {@link #row}, in order. */
    public static final String ROW_COLUMNS =
            "stream, sequence, type, revision, event_id, occurred_at, metadata, payload, salt, content_hash,"
                    + " previous_hash";

    /** How many columns {@link #ROW_COLUMNS} names. */
    public static final int ROW_COLUMN_COUNT = 11;

    // PostgreSQL counts time from 2000-01-01.
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;
    private static final int FIXED_BYTES = ROW_COLUMN_COUNT * 4 + 8 + 2 + 16 + 8 + 16 + 32 + 32;

    /** Hashes the event and lays out its row. */
    @SuppressWarnings("TooManyParameters") // the columns of the event table
    public static QueuedEvent of(
            String stream,
            long sequence,
            UUID eventId,
            Instant occurredAt,
            byte[] metadata,
            EncodedEvent event,
            byte[] salt,
            byte[] previousHash) {
        byte[] contentHash = EventHash.contentHash(
                stream,
                sequence,
                event.type(),
                event.revision(),
                eventId,
                occurredAt,
                metadata,
                event.payload(),
                salt,
                previousHash);
        byte[] streamBytes = stream.getBytes(StandardCharsets.UTF_8);
        byte[] typeBytes = event.type().getBytes(StandardCharsets.UTF_8);
        ByteBuffer row = ByteBuffer.allocate(
                FIXED_BYTES + streamBytes.length + typeBytes.length + metadata.length + event.payload().length);
        putField(row, streamBytes);
        row.putInt(8).putLong(sequence);
        putField(row, typeBytes);
        row.putInt(2).putShort(event.revision());
        row.putInt(16).putLong(eventId.getMostSignificantBits()).putLong(eventId.getLeastSignificantBits());
        row.putInt(8).putLong(postgresMicros(occurredAt));
        putField(row, metadata);
        putField(row, event.payload());
        putField(row, salt);
        putField(row, contentHash);
        putField(row, previousHash);
        return new QueuedEvent(sequence, eventId, contentHash, row.array());
    }

    /** Microseconds since PostgreSQL's epoch. */
    public static long postgresMicros(Instant instant) {
        return EventHash.micros(instant) - POSTGRES_EPOCH_MICROS;
    }

    private static void putField(ByteBuffer row, byte[] value) {
        row.putInt(value.length).put(value);
    }
}
