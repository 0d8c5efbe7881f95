package dev.purser.eventstore.writer;

import dev.purser.eventstore.append.QueuedEvent;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Events in PostgreSQL's binary COPY format: the rows were laid out by the callers and are only strung together, while
 * the batch before them is being committed.
 */
final class EventCopy {

    private static final String COPY = "copy ledger.event (global_position, recorded_at, " + QueuedEvent.ROW_COLUMNS
            + ") from stdin with (format binary)";
    private static final byte[] HEADER = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int ROW_HEADER_BYTES = 2 + 4 + 8 + 4 + 8;
    private static final int TRAILER_BYTES = 2;
    private static final int FIRST_BUFFER_BYTES = 64 * 1024;
    private static final int LARGEST_KEPT_BUFFER_BYTES = 16 * 1024 * 1024;

    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int length;
    private int events;
    private long nextPosition;
    private long recordedAtMicros;

    /** Forgets what was laid out; the first event will get the position given. */
    void begin(long firstPosition, Instant recordedAt) {
        if (buffer.length > LARGEST_KEPT_BUFFER_BYTES) {
            buffer = new byte[FIRST_BUFFER_BYTES];
        }
        length = 0;
        events = 0;
        nextPosition = firstPosition;
        recordedAtMicros = QueuedEvent.postgresMicros(recordedAt);
        put(HEADER);
    }

    /** Lays out an event under the next position. */
    void add(QueuedEvent event) {
        reserve(ROW_HEADER_BYTES);
        putShort(2 + QueuedEvent.ROW_COLUMN_COUNT);
        putLong(nextPosition);
        putLong(recordedAtMicros);
        put(event.row());
        nextPosition++;
        events++;
    }

    /** Stores the events; committed at once if the connection does. */
    void write(Connection connection) throws SQLException {
        reserve(TRAILER_BYTES);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        try {
            copy.writeToCopy(buffer, 0, length);
            copy.writeToCopy(new byte[] {-1, -1}, 0, TRAILER_BYTES);
            long stored = copy.endCopy();
            if (stored != events) {
                // Perhaps committed already: not an SQLException, which would say that nothing is.
                throw new IllegalStateException("PostgreSQL stored " + stored + " events of " + events);
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void put(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void putShort(int value) {
        buffer[length++] = (byte) (value >>> 8);
        buffer[length++] = (byte) value;
    }

    // A field: its length, 8, then the value.
    private void putLong(long value) {
        putShort(0);
        putShort(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (value >>> shift);
        }
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(length, more)));
        }
    }
}
