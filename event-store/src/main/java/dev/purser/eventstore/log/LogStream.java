package dev.purser.eventstore.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads long parts of the log fast: by COPY, with what projections need of each event and no more, so hashes cannot be
 * checked. A part is read in ranges of 100,000 positions, each with a transaction of its own. Thread-safe; failures of the
 * database are {@link UncheckedSqlException}s.
 */
public final class LogStream {
    private static final long RANGE = 100_000;
    private static final int HEADER_BYTES = 19;
    private static final long POSTGRES_EPOCH_SECOND = 946_684_800L;
    private static final long MICROS = 1_000_000L;

    private final DataSource dataSource;

    /** A reader through the data source; it holds one connection while it reads. */
    public LogStream(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** An event as far as it is needed to decode it. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from reader to decoder, never compared
    public record Entry(
            long position,
            String stream,
            String type,
            short revision,
            UUID eventId,
            Instant recordedAt,
            byte[] payload) {}

    /** Takes the chunks in order, on the reading thread; false ends the reading. */
    @FunctionalInterface
    public interface ChunkTaker {
        boolean take(Chunk chunk) throws InterruptedException;
    }

    /** Some events that follow each other, as they came from the database. */
    public static final class Chunk {
        private final List<byte[]> rows;

        private Chunk(List<byte[]> rows) {
            this.rows = rows;
        }

        /** Takes the rows apart; meant to be called on another thread than the reading one. */
        public List<Entry> entries() {
            List<Entry> entries = new ArrayList<>(rows.size());
            for (byte[] row : rows) {
                entries.add(entry(row));
            }
            return entries;
        }
    }

    /** Reads the events after a position up to another one, in chunks of at most so many events. */
    public void read(long after, long upTo, int chunkSize, ChunkTaker taker) throws InterruptedException {
        for (long from = after; from < upTo; from += RANGE) {
            if (!readRange(from, Math.min(upTo, from + RANGE), chunkSize, taker)) {
                return;
            }
        }
    }

    private boolean readRange(long after, long upTo, int chunkSize, ChunkTaker taker) throws InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut("""
                copy (select global_position, stream, type, revision, event_id, recorded_at, payload from ledger.event
                      where global_position > %d and global_position <= %d order by global_position)
                to stdout with (format binary)
                """.formatted(after, upTo));
            try {
                return handOver(copy, chunkSize, taker);
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw new UncheckedSqlException("the ledger's log cannot be read", e);
        }
    }

    private static boolean handOver(CopyOut copy, int chunkSize, ChunkTaker taker)
            throws SQLException, InterruptedException {
        List<byte[]> rows = new ArrayList<>(chunkSize);
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            if (row.length <= Short.BYTES) {
                continue; // the end mark
            }
            rows.add(row);
            if (rows.size() == chunkSize) {
                if (!taker.take(new Chunk(rows))) {
                    return false;
                }
                rows = new ArrayList<>(chunkSize);
            }
        }
        return rows.isEmpty() || taker.take(new Chunk(rows));
    }

    private static Entry entry(byte[] row) {
        ByteBuffer fields = ByteBuffer.wrap(row);
        if (row[0] == 'P') {
            fields.position(HEADER_BYTES); // the first row comes with the header before it
        }
        fields.getShort();
        fields.getInt();
        long position = fields.getLong();
        String stream = text(fields);
        String type = text(fields);
        fields.getInt();
        short revision = fields.getShort();
        fields.getInt();
        UUID eventId = new UUID(fields.getLong(), fields.getLong());
        fields.getInt();
        Instant recordedAt = instant(fields.getLong());
        byte[] payload = new byte[fields.getInt()];
        fields.get(payload);
        return new Entry(position, stream, type, revision, eventId, recordedAt, payload);
    }

    // PostgreSQL counts time from 2000-01-01.
    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                POSTGRES_EPOCH_SECOND + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }

    private static String text(ByteBuffer fields) {
        int length = fields.getInt();
        String text =
                new String(fields.array(), fields.arrayOffset() + fields.position(), length, StandardCharsets.UTF_8);
        fields.position(fields.position() + length);
        return text;
    }
}
